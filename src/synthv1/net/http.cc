// SPDX-License-Identifier: Apache-2.0
#include "synthv1/net/http.h"

#include "synthv1/base/text.h"

namespace synthv1::net {

std::string_view HttpResponse::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (equal_ignoring_case(key, name)) return value;
  }
  return {};
}

std::string_view name_of(TransportFault fault) {
  switch (fault) {
    case TransportFault::resolve:
      return "no address";
    case TransportFault::refused:
      return "refused";
    case TransportFault::connect:
      return "no connection";
    case TransportFault::connect_timeout:
      return "connect timeout";
    case TransportFault::tls_untrusted:
      return "untrusted certificate";
    case TransportFault::tls:
      return "TLS failure";
    case TransportFault::proxy:
      return "proxy refusal";
    case TransportFault::closed:
      return "closed";
    case TransportFault::truncated:
      return "truncated";
    case TransportFault::malformed:
      return "malformed";
    case TransportFault::too_large:
      return "too large";
    case TransportFault::idle_timeout:
      return "idle timeout";
    case TransportFault::total_timeout:
      return "total timeout";
    case TransportFault::local:
      return "out of ports or descriptors";
    case TransportFault::cancelled:
      return "cancelled";
  }
  return "unknown";
}

}  // namespace synthv1::net
