// SPDX-License-Identifier: Apache-2.0
#include "synthv1/net/response_reader.h"

#include "synthv1/base/text.h"
#include "synthv1/net/response_head.h"

#include <algorithm>
#include <charconv>

#include <fmt/core.h>

namespace synthv1::net {
namespace {

constexpr std::size_t kMaxChunkLine = 4096;
constexpr std::size_t kFirstReserve = std::size_t{1} << 20;

bool begins_like_http(std::string_view bytes) {
  constexpr std::string_view kBegin = "HTTP/1.";
  const std::size_t size = std::min(bytes.size(), kBegin.size());
  return bytes.substr(0, size) == kBegin.substr(0, size);
}

std::vector<std::string_view> all_of(const HttpResponse& response, std::string_view name) {
  std::vector<std::string_view> values;
  for (const auto& [key, value] : response.headers) {
    if (equal_ignoring_case(key, name)) values.push_back(value);
  }
  return values;
}

std::optional<std::uint64_t> parse_number(std::string_view text, int base) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number, base);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return number;
}

/// What a stranger's text may show of itself in a message.
std::string shown(std::string_view text) {
  std::string result(text.substr(0, 40));
  std::ranges::replace_if(result, [](char c) { return c < ' ' || c > '~'; }, '?');
  return result;
}

}  // namespace

ResponseReader::ResponseReader(std::size_t max_body, BodyRule rule) : max_body_(max_body), rule_(rule) {}

std::size_t ResponseReader::feed(std::string_view bytes) {
  std::size_t used = 0;
  while (used < bytes.size() && !done() && !failed()) used += feed_some(bytes.substr(used));
  return used;
}

void ResponseReader::end(StreamEnd how) {
  if (done() || failed()) return;
  const std::string_view what = how == StreamEnd::orderly ? "closed" : "broken";
  if (!started_) {
    return fail(TransportFault::closed, fmt::format("the connection was {} before the response began", what));
  }
  if (state_ == State::body_to_end && how == StreamEnd::orderly) {
    state_ = State::done;
    return;
  }
  fail(TransportFault::truncated,
       fmt::format("the connection was {} inside the response, after {} bytes of the body", what,
                   response_.body.size()));
}

std::size_t ResponseReader::feed_some(std::string_view bytes) {
  started_ = true;
  switch (state_) {
    case State::head:
      return feed_head(bytes);
    case State::sized_body:
    case State::body_to_end:
    case State::chunk_data:
      return feed_body(bytes);
    default:
      return feed_chunk_line(bytes);
  }
}

/// Adds the bytes up to a line feed, with it, to line_.
std::size_t ResponseReader::append_line(std::string_view bytes) {
  const std::size_t size = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
  line_.append(bytes.substr(0, size));
  return size;
}

std::size_t ResponseReader::feed_head(std::string_view bytes) {
  const std::size_t used = append_line(bytes);
  if (!begins_like_http(line_)) {
    fail(TransportFault::malformed, "the answer is not HTTP/1");
  } else if (line_.size() > kMaxHead) {
    fail(TransportFault::malformed, fmt::format("the response's headers exceed {} KiB", kMaxHead / 1024));
  } else if (line_.ends_with('\n') && !line_.ends_with("\r\n")) {
    fail(TransportFault::malformed, "a line of the response's headers ends without a carriage return");
  } else if (line_.ends_with("\r\n\r\n")) {
    finish_head();
  }
  return used;
}

void ResponseReader::finish_head() {
  // Some servers leave out the blank before an empty reason; the parser insists on it.
  constexpr std::size_t kStatusEnd = std::string_view("HTTP/1.1 200").size();
  if (line_.find('\r') == kStatusEnd) line_.insert(kStatusEnd, " ");
  auto head = parse_response_head(line_);
  line_.clear();
  if (!head) return fail(TransportFault::malformed, "the response's headers are malformed: " + head.error());
  if (head->status < 100 || head->status == 101) {
    return fail(TransportFault::malformed, fmt::format("the response's status is {}", head->status));
  }
  if (head->status < 200) return;
  response_.status = head->status;
  response_.headers = std::move(head->headers);
  keeps_alive_ = head->keeps_alive;
  choose_framing(head->http11);
}

void ResponseReader::choose_framing(bool http11) {
  if (rule_ == BodyRule::tunnel) keeps_alive_ = response_.status / 100 == 2;
  if (rule_ != BodyRule::framed || response_.status == 204 || response_.status == 304) {
    state_ = State::done;
    return;
  }
  const std::string_view encoding = response_.header("Content-Encoding");
  if (!encoding.empty() && !equal_ignoring_case(encoding, "identity")) {
    return fail(
        TransportFault::malformed,
        fmt::format(
            "the body of the response (status {}) came with Content-Encoding \"{}\", which was not asked for",
            response_.status, shown(encoding)));
  }
  const auto lengths = all_of(response_, "Content-Length");
  const auto codings = all_of(response_, "Transfer-Encoding");
  if (lengths.size() + codings.size() > 1) {
    return fail(TransportFault::malformed, "Content-Length and Transfer-Encoding are repeated or contradict");
  }
  if (!codings.empty() && (!http11 || !equal_ignoring_case(codings[0], "chunked"))) {
    return fail(TransportFault::malformed, fmt::format("the Transfer-Encoding is \"{}\"", shown(codings[0])));
  }
  if (!codings.empty()) {
    state_ = State::chunk_size;
    return;
  }
  if (lengths.empty()) {
    keeps_alive_ = false;
    state_ = State::body_to_end;
    return;
  }
  const auto length = parse_number(lengths[0], 10);
  if (!length) {
    return fail(TransportFault::malformed, fmt::format("the Content-Length is \"{}\"", shown(lengths[0])));
  }
  expect_bytes(*length);
}

void ResponseReader::expect_bytes(std::uint64_t size) {
  if (size > max_body_) {
    return fail(TransportFault::too_large, fmt::format("the response's body exceeds {} bytes", max_body_));
  }
  remaining_ = size;
  response_.body.reserve(std::min<std::size_t>(size, kFirstReserve));
  state_ = size == 0 ? State::done : State::sized_body;
}

std::size_t ResponseReader::feed_body(std::string_view bytes) {
  const bool to_end = state_ == State::body_to_end;
  const std::size_t size = to_end ? bytes.size() : std::min<std::uint64_t>(bytes.size(), remaining_);
  if (size > max_body_ - response_.body.size()) {
    fail(TransportFault::too_large, fmt::format("the response's body exceeds {} bytes", max_body_));
    return size;
  }
  response_.body.append(bytes.substr(0, size));
  if (to_end) return size;
  remaining_ -= size;
  if (remaining_ == 0) state_ = state_ == State::sized_body ? State::done : State::chunk_end;
  return size;
}

std::size_t ResponseReader::feed_chunk_line(std::string_view bytes) {
  const std::size_t before = line_.size();
  const std::size_t used = append_line(bytes);
  if (state_ == State::trailers) trailer_size_ += line_.size() - before;
  if (state_ == State::chunk_end && !std::string_view("\r\n").starts_with(line_)) {
    fail(TransportFault::malformed, "a chunk is longer than its size says");
  } else if (line_.size() > kMaxChunkLine || trailer_size_ > kMaxHead) {
    fail(TransportFault::malformed, "a chunk's header or trailer is too long");
  } else if (line_.ends_with('\n')) {
    finish_chunk_line();
    line_.clear();
  }
  return used;
}

void ResponseReader::finish_chunk_line() {
  if (!line_.ends_with("\r\n")) {
    return fail(TransportFault::malformed, "a chunk's line ends without a carriage return");
  }
  if (state_ == State::chunk_size) return begin_chunk();
  if (state_ == State::chunk_end) state_ = State::chunk_size;
  if (state_ == State::trailers && line_ == "\r\n") state_ = State::done;
}

void ResponseReader::begin_chunk() {
  std::string_view digits = std::string_view(line_).substr(0, line_.find_first_of(";\r"));
  digits = digits.substr(0, digits.find_last_not_of(" \t") + 1);
  const auto size = parse_number(digits, 16);
  if (!size) return fail(TransportFault::malformed, fmt::format("a chunk's size is \"{}\"", shown(digits)));
  if (*size > max_body_ - response_.body.size()) {
    return fail(TransportFault::too_large, fmt::format("the response's body exceeds {} bytes", max_body_));
  }
  remaining_ = *size;
  state_ = *size == 0 ? State::trailers : State::chunk_data;
}

void ResponseReader::fail(TransportFault fault, std::string message) {
  error_ = TransportError{fault, std::move(message)};
}

}  // namespace synthv1::net
