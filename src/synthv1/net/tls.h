// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/net/await.h"
#include "synthv1/net/http.h"

#include <memory>
#include <string>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

namespace synthv1::net {

using TlsStream = asio::ssl::stream<asio::ip::tcp::socket&>;

/// What all TLS connections of a client share: the trusted authorities and the last session, for resumption.
/// TLS 1.2 or later; certificate and host name (or address) are always verified.
class Tls {
 public:
  /// Trusts the system's authorities (SSL_CERT_FILE and SSL_CERT_DIR as OpenSSL has them) and those of
  /// `ca_file`.
  static Result<std::unique_ptr<Tls>> make(const std::string& ca_file);
  /// Can certificates be loaded from this file?
  static Result<void> check_ca_file(const std::string& ca_file);
  ~Tls();
  Tls(const Tls&) = delete;
  Tls& operator=(const Tls&) = delete;

  asio::ssl::context& context() { return context_; }
  /// Prepares a stream for its handshake with `host`: server name, verification, resumption.
  void prepare(TlsStream& stream, const std::string& host);

 private:
  Tls();
  static int keep_session(SSL* ssl, SSL_SESSION* session);

  asio::ssl::context context_;
  SSL_SESSION* session_ = nullptr;
};

/// The fault and the message of a handshake that failed.
TransportError handshake_error(TlsStream& stream, const error_code& error);

}  // namespace synthv1::net
