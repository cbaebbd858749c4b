// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/net/http.h"
#include "synthv1/net/http_client.h"

#include <optional>
#include <string>
#include <string_view>

namespace synthv1::net {

/// An HTTP proxy to go through.
struct Proxy {
  Url url;
  std::string authorization;  ///< value of Proxy-Authorization, or empty
};

/// Reads "http://user:password@host:port" (the scheme may be missing; user and password may hold %XX). Other
/// kinds of proxy are refused. Error messages never hold the user or the password.
Result<Proxy> parse_proxy(std::string_view text);

/// The proxy that the settings name for this origin, if any.
Result<std::optional<Proxy>> choose_proxy(const Url& origin, const ProxySettings& settings);

/// Does NO_PROXY's list name this origin? Entries: "*", a host or domain (which covers what lies below it,
/// with or without a leading dot), an address, an address range ("10.0.0.0/8"), each with ":port" where only
/// that is meant.
bool bypasses_proxy(const Url& origin, std::string_view no_proxy);

}  // namespace synthv1::net
