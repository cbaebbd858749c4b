// SPDX-License-Identifier: Apache-2.0
#include "synthv1/net/response_head.h"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

namespace synthv1::net {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using View = boost::beast::string_view;

/// Beast's parser, kept to the head: bodies are framed by ResponseReader.
class HeadParser final : public http::basic_parser<false> {
 public:
  ResponseHead head;

 private:
  void on_response_impl(int code, View, int version, error_code&) override {
    head.status = static_cast<unsigned>(code);
    head.http11 = version == 11;
  }
  void on_field_impl(http::field, View name, View value, error_code&) override {
    head.headers.emplace_back(std::string(name), std::string(value));
  }
  void on_header_impl(error_code&) override {}
  void on_finish_impl(error_code&) override {}

  void on_request_impl(http::verb, View, View, int, error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(View, error_code&) override { return 0; }
  void on_chunk_header_impl(std::uint64_t, View, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, View, error_code&) override { return 0; }
};

}  // namespace

std::expected<ResponseHead, std::string> parse_response_head(std::string_view bytes) {
  HeadParser parser;
  parser.header_limit(static_cast<std::uint32_t>(bytes.size() + 1));
  parser.skip(true);
  error_code error;
  parser.put(boost::asio::buffer(bytes), error);
  if (!error && !parser.is_header_done()) error = http::error::partial_message;
  if (error) return std::unexpected(error.message());
  parser.head.keeps_alive = parser.keep_alive();
  return std::move(parser.head);
}

}  // namespace synthv1::net
