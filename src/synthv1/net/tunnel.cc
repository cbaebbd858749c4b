// SPDX-License-Identifier: Apache-2.0
#include "synthv1/net/tunnel.h"

#include "synthv1/net/exchange.h"

#include <fmt/core.h>

namespace synthv1::net {

asio::awaitable<std::expected<void, TransportError>> open_tunnel(Connection& connection, const Proxy& proxy,
                                                                 const Url& origin, Watch& watch) {
  const std::string target = origin.authority();
  std::vector<Header> headers;
  if (!proxy.authorization.empty()) headers.emplace_back("Proxy-Authorization", proxy.authorization);
  auto request =
      format_request({.method = "CONNECT", .target = target, .host = target, .headers = headers}, {});
  if (!request) co_return std::unexpected(request.error());
  const ReadRules rules{.body = BodyRule::tunnel, .idle = IdleRule::keep};
  auto bytes = std::make_shared<const Body>(*std::move(request));
  auto answer = co_await exchange(connection, std::move(bytes), rules, watch);
  if (!answer) co_return std::unexpected(answer.error());
  const unsigned status = answer->response.status;
  if (status / 100 == 2 && answer->reusable) co_return std::expected<void, TransportError>();
  co_return std::unexpected(
      TransportError{TransportFault::proxy, fmt::format("the proxy {} refused a tunnel to {} with status {}",
                                                        proxy.url.authority(), target, status)});
}

}  // namespace synthv1::net
