// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/field_reader.h"

#include "synthv1/base/text.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace synthv1 {

namespace {

/// The whole number that `text` writes in digits alone, at most `most`.
std::optional<std::uint64_t> digits_value(std::string_view text, std::uint64_t most) {
  std::uint64_t value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc{} || end != text.data() + text.size() || value > most) return std::nullopt;
  return value;
}

}  // namespace

bool FieldReader::is(json::Kind kind) const {
  if (value_ != nullptr && value_->kind() == kind) return true;
  if (value_ == nullptr) {
    fault(FaultKind::missing, "it is missing");
  } else {
    fault(FaultKind::type, fmt::format("it is {}, not {}", name_of(value_->kind()), name_of(kind)));
  }
  return false;
}

std::optional<std::string> FieldReader::text() const {
  if (!is(json::Kind::string)) return std::nullopt;
  return std::string(*value_->as_string());
}

std::optional<std::string> FieldReader::filled_text() const {
  if (!is(json::Kind::string)) return std::nullopt;
  const std::string_view text = *value_->as_string();
  if (!trim(text).empty()) return std::string(text);
  fault(FaultKind::form, "it is empty");
  return std::nullopt;
}

std::optional<std::uint64_t> FieldReader::long_whole() const {
  if (!is(json::Kind::number)) return std::nullopt;
  const std::string_view number = *value_->as_number();
  if (const auto value = digits_value(number, std::numeric_limits<std::uint64_t>::max())) return value;
  fault(FaultKind::form, fmt::format("{} is not a whole number from 0 on", one_line(number, 40)));
  return std::nullopt;
}

std::optional<std::uint32_t> FieldReader::whole() const {
  const std::optional<std::uint64_t> value = long_whole();
  if (!value) return std::nullopt;
  if (*value <= std::numeric_limits<std::uint32_t>::max()) return static_cast<std::uint32_t>(*value);
  fault(FaultKind::form, fmt::format("{} is too large", *value));
  return std::nullopt;
}

std::optional<Date> FieldReader::date() const {
  if (!is(json::Kind::string)) return std::nullopt;
  const Result<Date> date = Date::parse(*value_->as_string());
  if (date) return *date;
  fault(FaultKind::form, one_line(date.error().message, 200));
  return std::nullopt;
}

std::optional<Money> FieldReader::money() const {
  if (!is(json::Kind::number)) return std::nullopt;
  const Result<Money> money = Money::parse_json_number(*value_->as_number());
  if (money) return *money;
  fault(FaultKind::form, one_line(money.error().message, 200));
  return std::nullopt;
}

const json::Value::Array* FieldReader::array() const {
  return is(json::Kind::array) ? value_->as_array() : nullptr;
}

std::optional<std::vector<std::string>> FieldReader::texts() const {
  const json::Value::Array* elements = array();
  if (elements == nullptr) return std::nullopt;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < elements->size(); ++i) {
    const Place place = place_.element(i);
    auto text = FieldReader(&(*elements)[i], place, faults_).text();
    if (text) texts.push_back(std::move(*text));
  }
  if (texts.size() != elements->size()) return std::nullopt;
  return texts;
}

ObjectReader::ObjectReader(const json::Value* value, const Place& place, FaultSink& faults)
    : value_(value), place_(place), faults_(faults) {
  object_ = value == nullptr ? nullptr : value->as_object();
  if (object_ != nullptr) return;
  if (value == nullptr) {
    faults.fault({FaultKind::missing, place.text(), "it is missing"});
  } else {
    faults.fault(
        {FaultKind::type, place.text(), fmt::format("it is {}, not an object", name_of(value->kind()))});
  }
}

std::optional<std::string> ObjectReader::text(std::string_view key) const {
  return field(key, [](const FieldReader& reader) { return reader.text(); });
}
std::optional<std::string> ObjectReader::filled_text(std::string_view key) const {
  return field(key, [](const FieldReader& reader) { return reader.filled_text(); });
}
std::optional<std::uint32_t> ObjectReader::whole(std::string_view key) const {
  return field(key, [](const FieldReader& reader) { return reader.whole(); });
}
std::optional<std::uint64_t> ObjectReader::long_whole(std::string_view key) const {
  return field(key, [](const FieldReader& reader) { return reader.long_whole(); });
}
std::optional<Date> ObjectReader::date(std::string_view key) const {
  return field(key, [](const FieldReader& reader) { return reader.date(); });
}
std::optional<Money> ObjectReader::money(std::string_view key) const {
  return field(key, [](const FieldReader& reader) { return reader.money(); });
}
std::optional<std::vector<std::string>> ObjectReader::texts(std::string_view key) const {
  return field(key, [](const FieldReader& reader) { return reader.texts(); });
}
const json::Value::Array* ObjectReader::array(std::string_view key) const {
  return field(key, [](const FieldReader& reader) { return reader.array(); });
}

void ObjectReader::begins_with(std::span<const std::string_view> names) const {
  if (object_ == nullptr) return;
  std::size_t at = 0;
  for (const std::string_view name : names) {
    if (at < object_->size() && (*object_)[at].key == name) {
      ++at;
    } else if (value_->find(name) != nullptr) {
      faults_.fault({FaultKind::order, place_.text(),
                     fmt::format("its first fields are to be {}, in this order", fmt::join(names, ", "))});
      return;
    }
  }
}

void ObjectReader::holds_only(std::span<const std::string_view> names) const {
  if (object_ == nullptr) return;
  for (const json::Value::Member& member : *object_) {
    if (std::ranges::find(names, std::string_view(member.key)) != names.end()) continue;
    fault(one_line(member.key, 40), FaultKind::unknown,
          fmt::format("only {} may stand here", fmt::join(names, ", ")));
  }
}

void ObjectReader::fault(std::string_view key, FaultKind kind, std::string reason) const {
  faults_.fault({kind, place_.member(key).text(), std::move(reason)});
}

}  // namespace synthv1
