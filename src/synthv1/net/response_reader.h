// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/net/http.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace synthv1::net {

/// How a stream of response bytes ended.
enum class StreamEnd {
  orderly,  ///< FIN, over TLS after close_notify
  broken,   ///< reset, or cut without close_notify
};

/// Is a body to be expected?
enum class BodyRule {
  framed,  ///< as the headers say
  none,    ///< never: the answer to HEAD
  tunnel,  ///< never: the answer to CONNECT, after which, if it is 2xx, the connection lives on
};

/// Reads one HTTP/1.1 response from bytes in pieces of any size; how they are cut never changes the result.
/// Interim responses (1xx) are skipped. Stricter than the standard where a lenient reading could pair or cut
/// wrongly: contradictory or repeated framing headers, bare line feeds and unasked content encodings are
/// malformed. Memory stays within `max_body` and kMaxHead, whatever the bytes say.
class ResponseReader {
 public:
  /// Bytes of a status line with its headers, and of a chunked body's trailers.
  static constexpr std::size_t kMaxHead = std::size_t{64} << 10;

  explicit ResponseReader(std::size_t max_body, BodyRule rule = BodyRule::framed);

  /// Takes bytes up to the end of the response and returns how many; fewer than given only where done() or
  /// failed().
  std::size_t feed(std::string_view bytes);
  /// No more bytes will come. The reader is then done or has failed: `closed` where nothing had come,
  /// `truncated` where the response was not whole.
  void end(StreamEnd how);

  bool done() const { return state_ == State::done; }
  bool failed() const { return error_.has_value(); }
  bool started() const { return started_; }  ///< has any byte come?
  /// Once done: may the connection serve another request?
  bool keeps_alive() const { return keeps_alive_; }
  /// Once failed: why.
  const TransportError& error() const { return *error_; }
  /// Once done: the response, moved out.
  HttpResponse take() { return std::move(response_); }

 private:
  enum class State { head, sized_body, body_to_end, chunk_size, chunk_data, chunk_end, trailers, done };

  std::size_t feed_some(std::string_view bytes);
  std::size_t feed_head(std::string_view bytes);
  std::size_t feed_body(std::string_view bytes);
  std::size_t feed_chunk_line(std::string_view bytes);
  std::size_t append_line(std::string_view bytes);
  void finish_head();
  void choose_framing(bool http11);
  void expect_bytes(std::uint64_t size);
  void finish_chunk_line();
  void begin_chunk();
  void fail(TransportFault fault, std::string message);

  std::size_t max_body_;
  BodyRule rule_;
  State state_ = State::head;
  bool started_ = false;
  bool keeps_alive_ = false;
  std::uint64_t remaining_ = 0;  ///< of the body, or of the chunk
  std::size_t trailer_size_ = 0;
  std::string line_;  ///< the head so far, or the chunk's line so far
  HttpResponse response_;
  std::optional<TransportError> error_;
};

}  // namespace synthv1::net
