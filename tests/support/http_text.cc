// SPDX-License-Identifier: Apache-2.0
// The helpers of fake_endpoint.h that make well-formed responses.
#include "tests/support/fake_endpoint.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/status.hpp>
#include <fmt/core.h>

namespace synthv1::test {
namespace {

bool names_type(const net::Header& header) { return boost::beast::iequals(header.first, "Content-Type"); }

std::string head(unsigned status, const std::vector<net::Header>& headers, std::string_view framing) {
  const auto reason = boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(status));
  std::string text =
      fmt::format("HTTP/1.1 {} {}\r\n", status, std::string_view(reason.data(), reason.size()));
  if (std::ranges::none_of(headers, names_type)) text += "Content-Type: application/json\r\n";
  for (const auto& [name, value] : headers) text += fmt::format("{}: {}\r\n", name, value);
  return text + fmt::format("{}\r\n\r\n", framing);
}

}  // namespace

std::string http_response(unsigned status, std::string_view body, const std::vector<net::Header>& headers) {
  return head(status, headers, fmt::format("Content-Length: {}", body.size())) + std::string(body);
}

std::string chunked_response(unsigned status, const std::vector<std::string>& chunks,
                             const std::vector<net::Header>& headers) {
  std::string text = head(status, headers, "Transfer-Encoding: chunked");
  for (const std::string& chunk : chunks) text += fmt::format("{:x}\r\n{}\r\n", chunk.size(), chunk);
  return text + "0\r\n\r\n";
}

Answer respond(unsigned status, std::string_view body, const std::vector<net::Header>& headers) {
  return {Send{http_response(status, body, headers)}};
}

Answer respond_raw(std::string bytes) { return {Send{std::move(bytes)}}; }

Answer after(std::chrono::milliseconds delay, Answer answer) {
  answer.insert(answer.begin(), Wait{delay});
  return answer;
}

Script in_turn(std::vector<Answer> answers) {
  return [answers = std::move(answers)](const FakeRequest& request) {
    return answers[std::min(request.number, answers.size() - 1)];
  };
}

}  // namespace synthv1::test
