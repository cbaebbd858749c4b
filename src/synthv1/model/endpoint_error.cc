// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/endpoint_error.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/base/json_write.h"
#include "synthv1/base/text.h"

#include <charconv>

namespace synthv1 {

namespace {

constexpr std::size_t kMaxErrorBody = std::size_t{1} << 20;  ///< longer ones are read as text
constexpr std::size_t kMaxText = 2048;

/// The text of a string or number; empty for null and what is missing; anything else as JSON.
std::string text_of(const json::Value* value) {
  if (value == nullptr || value->is_null()) return {};
  if (const auto text = value->as_string()) return std::string(*text);
  if (const auto number = value->as_number()) return std::string(*number);
  return json::write(*value);
}

/// FastAPI's list of faults: [{"loc": [...], "msg": "..."}].
std::string validation_text(const json::Value& detail) {
  const json::Value::Array* faults = detail.as_array();
  if (faults == nullptr || faults->empty() || faults->front().find("msg") == nullptr) return text_of(&detail);
  std::string text = text_of(faults->front().find("msg"));
  if (const json::Value* place = faults->front().find("loc")) text += " at " + text_of(place);
  return text;
}

EndpointError from_object(const json::Value& error) {
  EndpointError out{.message = text_of(error.find("message")),
                    .type = text_of(error.find("type")),
                    .code = text_of(error.find("code")),
                    .param = text_of(error.find("param"))};
  if (out.message.empty() && error.find("detail") != nullptr)
    out.message = validation_text(*error.find("detail"));
  if (out.message.empty()) out.message = json::write(error);
  return out;
}

EndpointError from_member(const json::Value& body, const json::Value& error) {
  if (error.is_object()) return from_object(error);
  EndpointError out{.message = text_of(&error),
                    .type = text_of(body.find("error_type")),
                    .code = text_of(body.find("code")),
                    .param = {}};
  if (out.type.empty()) out.type = text_of(body.find("type"));
  if (error.is_array() && !error.as_array()->empty()) out = from_object(error.as_array()->front());
  return out;
}

/// A null error, false, "" and {} are none.
bool states_error(const json::Value& error) {
  if (error.is_null() || error.as_bool() == false || error.as_string() == "") return false;
  return !(error.is_object() && error.as_object()->empty());
}

std::string page_text(std::string_view body) {
  const std::string small = lower_ascii(body.substr(0, kMaxText));
  const std::size_t open = small.find("<title");
  const std::size_t from = open == std::string::npos ? open : small.find('>', open);
  const std::size_t to = from == std::string::npos ? from : small.find('<', from);
  if (to == std::string::npos) return "an HTML page";
  return "an HTML page: " + std::string(trim(body.substr(from + 1, to - from - 1)));
}

}  // namespace

unsigned EndpointError::status() const {
  unsigned value = 0;
  const auto [end, fault] = std::from_chars(code.data(), code.data() + code.size(), value);
  if (fault != std::errc{} || value < 400 || value > 599) return 0;
  const std::string_view rest(end, static_cast<std::size_t>(code.data() + code.size() - end));
  return rest.empty() || rest == ".0" ? value : 0;
}

std::optional<EndpointError> find_error(const json::Value& body) {
  const json::Value* error = body.find("error");
  if (error != nullptr && states_error(*error)) return from_member(body, *error);
  const json::Value* object = body.find("object");
  if (object != nullptr && object->as_string() == "error") return from_object(body);
  if (body.find("choices") != nullptr) return std::nullopt;
  if (const json::Value* errors = body.find("errors"); errors != nullptr && errors->is_array()) {
    return from_member(body, *errors);
  }
  if (const json::Value* detail = body.find("detail")) {
    return EndpointError{.message = validation_text(*detail), .type = {}, .code = {}, .param = {}};
  }
  if (body.find("message") != nullptr) return from_object(body);
  return std::nullopt;
}

bool is_html(std::string_view body) {
  body = trim(body);
  if (!body.starts_with('<')) return false;
  const std::string start = lower_ascii(body.substr(0, 256));
  return start.find("<html") != std::string::npos || start.starts_with("<!doctype html") ||
         start.find("<head") != std::string::npos || start.find("<title") != std::string::npos;
}

EndpointError read_error(std::string_view body) {
  const std::string text = replace_invalid_utf8(body.substr(0, kMaxErrorBody));
  if (body.size() <= kMaxErrorBody) {
    if (const auto value = json::parse(text)) {
      if (auto error = find_error(*value)) return std::move(*error);
    }
  }
  EndpointError out;
  out.message = is_html(text) ? page_text(text) : replace_invalid_utf8(trim(text).substr(0, kMaxText));
  if (out.message.empty()) out.message = "no text";
  return out;
}

}  // namespace synthv1
