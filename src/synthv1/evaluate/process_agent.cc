// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/process_agent.h"

#include "synthv1/evaluate/child_process.h"
#include "synthv1/evaluate/outside_agent.h"

#include <deque>
#include <optional>
#include <vector>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace synthv1 {

namespace {

/// The line to one process, which is started where it has to be.
class ProcessLink final : public AgentLink {
 public:
  ProcessLink(asio::any_io_executor executor, const ProcessAgentOptions& options)
      : executor_(std::move(executor)), options_(options) {}

  void begin_record() override { lost_.reset(); }

  asio::awaitable<Result<std::string>> exchange(std::string message) override {
    if (lost_) co_return std::unexpected(*lost_);
    if (!process_) {
      auto started = ChildProcess::start(executor_, options_.command);
      if (!started) co_return std::unexpected(std::move(started.error()));
      process_ = std::move(*started);
    }
    auto reply = co_await process_->exchange(std::move(message), options_.timeout);
    if (!reply) {
      // What comes late would be taken for the reply to something else.
      process_.reset();
      lost_ = reply.error();
    }
    co_return reply;
  }

 private:
  asio::any_io_executor executor_;
  const ProcessAgentOptions& options_;
  std::unique_ptr<ChildProcess> process_;
  std::optional<Error> lost_;  ///< why what the process had read is lost: until the next record
};

class ProcessAgent final : public Agent {
 public:
  ProcessAgent(const asio::any_io_executor& executor, ProcessAgentOptions options)
      : options_(std::move(options)), freed_(executor, asio::steady_timer::time_point::max()) {
    for (std::uint32_t i = 0; i < options_.processes; ++i)
      free_.push_back(std::make_shared<ProcessLink>(executor, options_));
  }

  asio::awaitable<Result<std::unique_ptr<Memory>>> begin(const EvalRecord& record) override {
    while (free_.empty()) {
      boost::system::error_code ignored;
      co_await freed_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
      const auto cancellation = co_await asio::this_coro::cancellation_state;
      if (cancellation.cancelled() != asio::cancellation_type::none)
        co_return fail(ErrorKind::stopped, "stopped");
    }
    std::shared_ptr<AgentLink> link = std::move(free_.back());
    free_.pop_back();
    const auto give_back = [this, link](AgentLink*) {
      free_.push_back(link);
      freed_.cancel();
    };
    co_return co_await begin_outside(std::shared_ptr<AgentLink>(link.get(), give_back), record);
  }

 private:
  ProcessAgentOptions options_;
  std::vector<std::shared_ptr<AgentLink>> free_;
  asio::steady_timer freed_;
};

}  // namespace

std::unique_ptr<Agent> make_process_agent(asio::any_io_executor executor, ProcessAgentOptions options) {
  return std::make_unique<ProcessAgent>(executor, std::move(options));
}

}  // namespace synthv1
