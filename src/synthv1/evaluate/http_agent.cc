// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/http_agent.h"

#include "synthv1/base/text.h"
#include "synthv1/evaluate/outside_agent.h"
#include "synthv1/net/http.h"

#include <fmt/format.h>

namespace synthv1 {

namespace {

class HttpLink final : public AgentLink {
 public:
  HttpLink(asio::any_io_executor executor, net::Url url, net::ClientOptions options)
      : target_(url.path.empty() ? "/" : url.path), client_(std::move(executor), url, std::move(options)) {}

  asio::awaitable<Result<std::string>> exchange(std::string message) override {
    auto response = co_await client_.send("POST", target_, headers_, std::move(message));
    if (!response) {
      const bool cancelled = response.error().fault == net::TransportFault::cancelled;
      co_return fail(cancelled ? ErrorKind::stopped : ErrorKind::endpoint,
                     "the agent: " + response.error().message);
    }
    if (response->status / 100 != 2) {
      co_return fail(ErrorKind::endpoint, fmt::format("the agent answered {}: {}", response->status,
                                                      one_line(response->body, 300)));
    }
    co_return std::move(response->body);
  }

 private:
  std::string target_;
  std::vector<net::Header> headers_{{"Content-Type", "application/json"}, {"Accept", "application/json"}};
  net::HttpClient client_;
};

class HttpAgent final : public Agent {
 public:
  explicit HttpAgent(std::shared_ptr<AgentLink> link) : link_(std::move(link)) {}

  asio::awaitable<Result<std::unique_ptr<Memory>>> begin(const EvalRecord& record) override {
    return begin_outside(link_, record);
  }

 private:
  std::shared_ptr<AgentLink> link_;
};

}  // namespace

Result<std::unique_ptr<Agent>> make_http_agent(asio::any_io_executor executor, const std::string& url,
                                               net::ClientOptions options) {
  auto parsed = net::Url::parse(url);
  if (!parsed) return fail(ErrorKind::usage, "--agent: " + parsed.error().message);
  if (auto ok = net::HttpClient::check_options(*parsed, options); !ok) return std::unexpected(ok.error());
  return std::make_unique<HttpAgent>(
      std::make_shared<HttpLink>(std::move(executor), std::move(*parsed), std::move(options)));
}

}  // namespace synthv1
