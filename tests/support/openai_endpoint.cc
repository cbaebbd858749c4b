// SPDX-License-Identifier: Apache-2.0
#include "tests/support/openai_endpoint.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/base/json_write.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace synthv1::test {
namespace {

constexpr std::string_view kFence = "```json\n";

std::int64_t number_in(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  return value == nullptr ? 0 : value->as_int64().value_or(0);
}

std::string_view text_in(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  return value == nullptr ? std::string_view() : value->as_string().value_or("");
}

const json::Value::Array& list_in(const json::Value& object, std::string_view key) {
  static const json::Value::Array none;
  const json::Value* value = object.find(key);
  return value == nullptr || !value->is_array() ? none : *value->as_array();
}

/// Writes one session, turn by turn.
class SessionText {
 public:
  SessionText(const json::Value& plan, Slip slip)
      : plan_(plan),
        scenes_(list_in(plan, "scenes")),
        slip_(slip),
        chinese_(text_in(plan, "language") == "zh") {}

  std::string write() {
    std::string text;
    json::Writer writer(text);
    writer.begin_object().key("dialogue").begin_array();
    for (std::int64_t i = 0; i < num_turns(); ++i) {
      const std::string content = i % 2 == 0 ? user_turn(static_cast<std::size_t>(i / 2))
                                  : chinese_ ? "好的。"
                                             : "Noted.";
      const std::string_view user = slip_ == Slip::bad_role ? "system" : "user";
      writer.begin_object().key("role").string(i % 2 == 0 ? user : "assistant");
      writer.key("content").string(slip_ == Slip::empty_turn && i == 1 ? " " : content).end_object();
    }
    writer.end_array().key("transactions").begin_array();
    if (slip_ != Slip::no_transactions) write_transactions(writer);
    writer.end_array().end_object();
    return text;
  }

 private:
  std::int64_t num_turns() const {
    const auto pairs = static_cast<std::int64_t>(scenes_.size());
    const std::int64_t turns =
        std::min(std::max(number_in(plan_, "min_turns"), 2 * pairs), number_in(plan_, "max_turns"));
    return slip_ == Slip::turn_missing ? std::max<std::int64_t>(2 * pairs - 1, 1) : turns;
  }

  static std::string amount(std::size_t index) { return fmt::format("{}.5", 10 * (index + 1)); }

  std::string user_turn(std::size_t index) const {
    std::string text =
        index == 0 && plan_.find("first_session")->as_bool() == true ? (chinese_ ? "你好！" : "Hello! ") : "";
    if (index < scenes_.size() && !(slip_ == Slip::not_stated && index == 0)) {
      text += chinese_ ? fmt::format("今天花了{}元。", amount(index))
                       : fmt::format("I paid {} today.", amount(index));
    } else {
      text += chinese_ ? "今天天气不错。" : "Nice weather today.";
    }
    if (slip_ == Slip::unexplained_money && index == 0)
      text += chinese_ ? "还剩7.25元。" : " I have 7.25 yuan left.";
    if (slip_ == Slip::other_date && index == 0)
      text += chinese_ ? "1999年1月2日见过。" : " As on 1999-01-02.";
    return text;
  }

  void write_transactions(json::Writer& writer) const {
    for (std::size_t i = 0; i < scenes_.size(); ++i) {
      const auto [scene, subscene] = pair_of(i);
      writer.begin_object().key("scene").string(scene).key("subscene").string(subscene);
      writer.key("amount").number(slip_ == Slip::negative_amount ? "-" + amount(i) : amount(i));
      writer.key("description").string("thing").end_object();
    }
  }

  std::pair<std::string_view, std::string_view> pair_of(std::size_t index) const {
    if (slip_ == Slip::pair_unrequested && index == 0) return unrequested();
    const json::Value& pair = slip_ == Slip::pair_missing && index == 0 ? scenes_.back() : scenes_[index];
    return {slip_ == Slip::unknown_scene ? "Nowhere" : text_in(pair, "scene"), text_in(pair, "subscene")};
  }

  std::pair<std::string_view, std::string_view> unrequested() const {
    const auto coffee = [](const json::Value& pair) { return text_in(pair, "subscene") == "Coffee"; };
    if (std::ranges::any_of(scenes_, coffee)) return {"Other", "Donation"};
    return {"Dining", "Coffee"};
  }

  const json::Value& plan_;
  const json::Value::Array& scenes_;
  Slip slip_;
  bool chinese_;
};

std::string models_body(const std::vector<std::string>& models) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object().key("object").string("list").key("data").begin_array();
  for (const std::string& model : models) writer.begin_object().key("id").string(model).end_object();
  writer.end_array().end_object();
  return text;
}

}  // namespace

std::string last_message(const FakeRequest& request) {
  const auto body = json::parse(request.body);
  if (!body || list_in(*body, "messages").empty()) return {};
  return std::string(text_in(list_in(*body, "messages").back(), "content"));
}

json::Value plan_of(const FakeRequest& request) {
  const std::string text = last_message(request);
  const std::size_t fence = text.find(kFence);
  if (fence == std::string::npos || !text.ends_with("\n```")) return {};
  const std::size_t from = fence + kFence.size();
  auto plan = json::parse(std::string_view(text).substr(from, text.size() - 4 - from));
  return plan ? std::move(*plan) : json::Value();
}

std::string session_content(const json::Value& plan, Slip slip) {
  if (slip == Slip::prose) return "I would rather talk about the weather.";
  return SessionText(plan, slip).write();
}

std::string paraphrase_content(const json::Value& plan) {
  const std::string_view before = text_in(plan, "language") == "zh" ? "请问，" : "Well, ";
  std::string text;
  json::Writer writer(text);
  writer.begin_object().key("questions").begin_array();
  for (const json::Value& question : list_in(plan, "questions")) {
    writer.begin_object().key("id").integer(number_in(question, "id"));
    writer.key("question").string(std::string(before).append(text_in(question, "question"))).end_object();
  }
  writer.end_array().end_object();
  return text;
}

std::string answer_content(const json::Value& plan) {
  const std::string_view form = text_in(plan, "form");
  if (form == "scene") return "Answer: Dining";
  if (form == "date") return "Answer: 2024-01-15";
  return form == "money" ? "Nothing was spent.\nAnswer: 0.00" : "Answer: 0";
}

std::string right_content(const json::Value& plan) {
  const std::string_view task = text_in(plan, "task");
  if (task == "paraphrase") return paraphrase_content(plan);
  if (task == "answer") return answer_content(plan);
  if (task == "notes") return "Notes up to conversation " + std::to_string(number_in(plan, "chunk")) + ".";
  if (task == "extract") return R"({"transactions": []})";
  return session_content(plan);
}

constexpr std::size_t kBytesOfAToken = 4;

std::string completion_body(std::string_view content, std::string_view finish_reason,
                            std::size_t prompt_tokens) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object().key("id").string("chatcmpl-1").key("object").string("chat.completion");
  writer.key("model")
      .string("test-model")
      .key("choices")
      .begin_array()
      .begin_object()
      .key("index")
      .integer(0);
  writer.key("message").begin_object().key("role").string("assistant").key("content").string(content);
  writer.key("refusal")
      .null()
      .end_object()
      .key("finish_reason")
      .string(finish_reason)
      .end_object()
      .end_array();
  writer.key("usage").begin_object().key("prompt_tokens");
  writer.integer(static_cast<std::int64_t>(prompt_tokens)).key("completion_tokens").integer(50);
  writer.end_object().end_object();
  return text;
}

Answer complete(std::string_view content, std::string_view finish_reason, std::size_t prompt_tokens) {
  return respond(200, completion_body(content, finish_reason, prompt_tokens));
}

Script openai_script(std::function<std::optional<Answer>(const FakeRequest&)> fault,
                     std::vector<std::string> models) {
  return [fault = std::move(fault), models = std::move(models)](const FakeRequest& request) {
    if (fault) {
      if (auto answer = fault(request)) return std::move(*answer);
    }
    if (request.method == "GET") return respond(200, models_body(models));
    const json::Value plan = plan_of(request);
    if (!plan.is_object())
      return respond(400, R"({"error":{"message":"the request does not end with a plan"}})");
    return complete(right_content(plan), "stop", request.body.size() / kBytesOfAToken);
  };
}

}  // namespace synthv1::test
