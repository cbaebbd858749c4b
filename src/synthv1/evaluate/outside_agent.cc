// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/outside_agent.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/base/json_write.h"
#include "synthv1/base/text.h"

#include <deque>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

namespace synthv1 {

namespace {

using SteadyClock = std::chrono::steady_clock;

/// Begins a message of that kind about a record; the caller adds members and ends the object.
json::Writer begin_message(std::string& text, std::string_view op, const EvalRecord& record) {
  json::Writer writer(text);
  writer.begin_object().key("op").string(op).key("task_id").string(record.task_id);
  return writer;
}

std::unexpected<Error> broken(std::string_view op, std::string_view what) {
  return fail(ErrorKind::endpoint, fmt::format("the agent's reply to '{}': {}", op, what));
}

/// A reply as an object; its "error", if it has one, is the error.
Result<json::Value> read_reply(std::string_view op, const std::string& text) {
  auto value = json::parse(text);
  if (!value) return broken(op, fmt::format("{} (it was: {})", value.error().describe(), one_line(text)));
  if (!value->is_object()) return broken(op, fmt::format("it is no object: {}", one_line(text)));
  const json::Value* error = value->find("error");
  if (error != nullptr && error->as_string()) return broken(op, one_line(*error->as_string(), 300));
  return std::move(*value);
}

std::optional<std::int64_t> tokens_in(const json::Value& reply, std::string_view name) {
  const json::Value* usage = reply.find("usage");
  const json::Value* tokens = usage == nullptr ? nullptr : usage->find(name);
  return tokens == nullptr ? std::nullopt : tokens->as_int64();
}

using Retrieved = std::optional<std::vector<std::uint32_t>>;

/// What the agent says that it answered from, if it does: indices of chunks up to `position`.
Result<Retrieved> retrieved_in(const json::Value& reply, std::uint32_t position) {
  const json::Value* said = reply.find("retrieved");
  if (said == nullptr || said->is_null()) return Retrieved();
  const auto wrong = [&] {
    return broken("ask",
                  fmt::format("its \"retrieved\" is no array of indices of chunks, 0 to {}", position));
  };
  if (said->as_array() == nullptr) return wrong();
  Retrieved retrieved(std::in_place);
  for (const json::Value& entry : *said->as_array()) {
    const auto chunk = entry.as_int64();
    if (!chunk || *chunk < 0 || *chunk > position) return wrong();
    retrieved->push_back(static_cast<std::uint32_t>(*chunk));
  }
  return retrieved;
}

class OutsideMemory final : public Memory {
 public:
  OutsideMemory(std::shared_ptr<AgentLink> link, const EvalRecord& record)
      : link_(std::move(link)), record_(record) {}

  asio::awaitable<Result<void>> reset() {
    std::string text;
    begin_message(text, "reset", record_)
        .key("language")
        .string(kLanguageNames[static_cast<std::size_t>(record_.language)])
        .end_object();
    const auto reply = co_await say("reset", std::move(text));
    co_return reply ? Result<void>() : std::unexpected(reply.error());
  }

  asio::awaitable<Result<void>> add(std::uint32_t index) override {
    std::string text;
    json::Writer writer = begin_message(text, "add", record_);
    writer.key("index").integer(index);
    write_date(writer, index);
    writer.key("chunk").string(record_.chunks[index]).end_object();
    const auto reply = co_await say("add", std::move(text));
    co_return reply ? Result<void>() : std::unexpected(reply.error());
  }

  asio::awaitable<AgentAnswer> ask(std::uint32_t index) override {
    const EvalQuestion& question = record_.questions[index];
    std::string text;
    json::Writer writer = begin_message(text, "ask", record_);
    writer.key("qid").string(question.qid).key("question").string(question.query);
    writer.key("form").string(name_of(question.due.form)).key("position").integer(question.position);
    write_date(writer, question.position);
    writer.end_object();
    const SteadyClock::time_point start = SteadyClock::now();
    AgentAnswer answer = answer_of(co_await say("ask", std::move(text)), question.position);
    answer.latency = std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - start);
    co_return answer;
  }

 private:
  /// One after the other: a line holds one message at a time.
  asio::awaitable<Result<json::Value>> say(std::string_view op, std::string message) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    if (busy_) {
      asio::steady_timer turn(executor, SteadyClock::time_point::max());
      line_.push_back(&turn);
      boost::system::error_code ignored;
      co_await turn.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
      std::erase(line_, &turn);
      const auto cancellation = co_await asio::this_coro::cancellation_state;
      if (busy_ || cancellation.cancelled() != asio::cancellation_type::none)
        co_return fail(ErrorKind::stopped, "stopped");
    }
    busy_ = true;
    const Result<std::string> reply = co_await link_->exchange(std::move(message));
    busy_ = false;
    if (!line_.empty()) line_.front()->cancel();
    if (!reply) co_return std::unexpected(reply.error());
    co_return read_reply(op, *reply);
  }

  void write_date(json::Writer& writer, std::uint32_t chunk) const {
    writer.key("date");
    const auto date = date_of_chunk(record_.chunks[chunk]);
    date ? writer.string(format_date(*date)) : writer.null();
  }

  static AgentAnswer answer_of(const Result<json::Value>& reply, std::uint32_t position) {
    if (!reply) return failed_answer(reply.error());
    const json::Value* text = reply->find("answer");
    if (text == nullptr || !text->as_string())
      return failed_answer(broken("ask", "it has no \"answer\" that is text").error());
    auto retrieved = retrieved_in(*reply, position);
    if (!retrieved) return failed_answer(retrieved.error());
    return {.raw = std::string(*text->as_string()),
            .usage = {.prompt_tokens = tokens_in(*reply, "prompt_tokens"),
                      .completion_tokens = tokens_in(*reply, "completion_tokens")},
            .retrieved = std::move(*retrieved)};
  }

  std::shared_ptr<AgentLink> link_;
  const EvalRecord& record_;
  bool busy_ = false;
  std::deque<asio::steady_timer*> line_;  ///< those who wait to speak
};

}  // namespace

asio::awaitable<Result<std::unique_ptr<Memory>>> begin_outside(std::shared_ptr<AgentLink> link,
                                                               const EvalRecord& record) {
  link->begin_record();
  auto memory = std::make_unique<OutsideMemory>(std::move(link), record);
  const Result<void> done = co_await memory->reset();
  if (!done) co_return std::unexpected(done.error());
  co_return memory;
}

}  // namespace synthv1
