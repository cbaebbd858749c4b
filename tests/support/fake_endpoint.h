// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/net/http.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace synthv1::test {

/// A request as the fake endpoint read it, and its place among the others.
struct FakeRequest {
  std::string method;
  std::string target;
  std::vector<net::Header> headers;
  std::string body;               ///< empty where only the head was read yet (FakeOptions::early)
  std::string server_name;        ///< the TLS server name that the client asked for, if any
  std::size_t number = 0;         ///< 0, 1, 2... over all connections, by the arrival of the head
  std::size_t connection = 0;     ///< number of the connection, in order of acceptance
  std::size_t on_connection = 0;  ///< how many requests came before it on its connection
  std::chrono::steady_clock::time_point arrived;  ///< when its head was there

  /// The first header of that name, in any case; empty when there is none.
  std::string_view header(std::string_view name) const;
};

/// Puts these bytes on the wire, whatever they are.
struct Send {
  std::string bytes;
};
/// Waits.
struct Wait {
  std::chrono::microseconds time;
};
/// Waits until FakeEndpoint::release() was called (or has been).
struct Hold {};
/// Sends nothing more and reads on until the client closes, which counts in FakeCounts::abandoned.
struct Stall {};
/// Closes the connection in good order (FIN; TLS without close_notify).
struct Close {};
/// Closes the sending side only and goes on reading (FIN; over TLS close_notify).
struct HalfClose {};
/// Resets the connection (RST).
struct Reset {};
/// Reads the rest of the request's body; only of use in an early answer.
struct ReadBody {};
/// Connects to this port of 127.0.0.1 and relays bytes both ways until either side closes: what a proxy does.
struct Tunnel {
  std::uint16_t port;
};

/// One step of an answer, byte for byte.
using Action = std::variant<Send, Wait, Hold, Stall, Close, HalfClose, Reset, ReadBody, Tunnel>;

/// Steps run in order; if the connection is still open after the last, the next request is read from it.
using Answer = std::vector<Action>;

/// Decides an answer. Runs on the endpoint's thread, one call at a time.
using Script = std::function<Answer(const FakeRequest&)>;

/// A certificate with its private key, both PEM (tests/support/certificates.h makes them).
struct Identity {
  std::string certificate;
  std::string key;
};

struct FakeOptions {
  Script script;                     ///< called with each whole request
  std::function<Answer()> accepted;  ///< runs on each new connection before anything is read (and before TLS)
  /// Called with each request's head before its body is read. Where it returns an answer, that is run and
  /// `script` is not called; a body that it left unread is read afterwards.
  std::function<std::optional<Answer>(const FakeRequest&)> early;
  std::optional<Identity> tls;  ///< speaks TLS with this certificate
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;     ///< 0: any free one
  bool keep_requests = true;  ///< false: requests() stays empty, for long runs
};

struct FakeCounts {
  std::size_t requests = 0;        ///< heads read
  std::size_t connections = 0;     ///< accepted
  std::size_t resumed = 0;         ///< TLS sessions resumed
  std::size_t peak_in_flight = 0;  ///< largest number of requests between head and end of answer
  std::size_t abandoned = 0;       ///< connections closed by the client while an answer was not finished
  std::size_t half_closed = 0;     ///< HalfClose steps done
  std::size_t closed = 0;          ///< connections that ended, whoever closed them
};

/// An HTTP/1.1 server over real sockets on a thread of its own that answers as its script says, faults
/// included. Listens once constructed; the destructor closes every connection and joins the thread.
class FakeEndpoint {
 public:
  explicit FakeEndpoint(FakeOptions options);
  /// Plain HTTP on 127.0.0.1.
  explicit FakeEndpoint(Script script);
  ~FakeEndpoint();
  FakeEndpoint(const FakeEndpoint&) = delete;
  FakeEndpoint& operator=(const FakeEndpoint&) = delete;

  std::uint16_t port() const;
  /// "http://127.0.0.1:PORT", or "https://..." and brackets as needed; no trailing '/'.
  std::string url() const;

  FakeCounts counts() const;
  /// Every request so far, in order of arrival; bodies not yet read are empty.
  std::vector<FakeRequest> requests() const;

  /// Lets every Hold pass, now and later.
  void release();
  /// Blocks until `holds(counts())`; false after ten seconds, so that a broken test ends.
  bool wait_until(const std::function<bool(const FakeCounts&)>& holds) const;
  /// Blocks until that many requests were read; false after ten seconds.
  bool wait_for_requests(std::size_t number) const;
  /// Closes all connections in good order, but goes on listening.
  void close_connections();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// A well-formed response: Content-Length, and Content-Type application/json unless `headers` names one.
std::string http_response(unsigned status, std::string_view body,
                          const std::vector<net::Header>& headers = {});
/// A well-formed response with one chunk for each of `chunks`.
std::string chunked_response(unsigned status, const std::vector<std::string>& chunks,
                             const std::vector<net::Header>& headers = {});
/// One step: http_response(...).
Answer respond(unsigned status, std::string_view body, const std::vector<net::Header>& headers = {});
/// One step: these bytes.
Answer respond_raw(std::string bytes);
/// `answer` after a delay, as a server that thinks.
Answer after(std::chrono::milliseconds delay, Answer answer);
/// A script that gives the n-th request the n-th answer, and the last one to all later requests.
Script in_turn(std::vector<Answer> answers);

}  // namespace synthv1::test
