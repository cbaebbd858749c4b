// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/endpoint_error.h"

#include "synthv1/base/json_parse.h"
#include "synthv1/base/text.h"

#include <gtest/gtest.h>

namespace synthv1 {
namespace {

struct Row {
  const char* body;
  const char* message;
  const char* code = "";
};

TEST(EndpointError, T21ReadsEveryShape) {
  const std::vector<Row> rows = {
      {R"({"error":{"message":"Bad key","type":"x","param":null,"code":"invalid_api_key"}})", "Bad key",
       "invalid_api_key"},
      {R"({"object":"error","message":"Queue full","type":"t","param":null,"code":503})", "Queue full",
       "503"},
      {R"({"error":"Unauthorized"})", "Unauthorized"},
      {R"({"error":"Overloaded","error_type":"overloaded"})", "Overloaded"},
      {R"({"detail":"Not Found"})", "Not Found"},
      {R"({"detail":[{"loc":["body","model"],"msg":"field required","type":"missing"}]})",
       R"(field required at ["body","model"])"},
      {R"({"message":"no route","code":404})", "no route", "404"},
      {R"({"errors":[{"message":"first","code":7}]})", "first", "7"},
      {R"([{"error":{"message":"wrapped"}}])", R"([{"error":{"message":"wrapped"}}])"},
      {"<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head></html>",
       "an HTML page: 502 Bad Gateway"},
      {"<html><body>sign in</body></html>", "an HTML page"},
      {"", "no text"},
      {" \r\n ", "no text"},
      {"upstream connect error\n", "upstream connect error"},
      {R"({"error":{"message":)", R"({"error":{"message":)"},
  };
  for (const Row& row : rows) {
    const EndpointError error = read_error(row.body);
    EXPECT_EQ(error.message, row.message) << row.body;
    EXPECT_EQ(error.code, row.code) << row.body;
  }
}

TEST(EndpointError, T22TakesACodeOfAnyType) {
  const auto status = [](const char* code) {
    return read_error(std::string(R"({"error":{"message":"m","code":)") + code + "}}").status();
  };
  EXPECT_EQ(status("502"), 502U);
  EXPECT_EQ(status("\"502\""), 502U);
  EXPECT_EQ(status("502.0"), 502U);
  for (const char* other :
       {"null", "1.5", "\"rate_limit\"", "{}", "[1]", "true", "200", "99999999999999999999", "-502"}) {
    EXPECT_EQ(status(other), 0U) << other;
  }
}

TEST(EndpointError, T26ReadsALongBodyAsText) {
  const std::string body = R"({"error":{"message":")" + std::string(5'000'000, 'x') + "\"}}";
  EXPECT_LE(read_error(body).message.size(), 2048U);
}

TEST(EndpointError, T27IsValidText) {
  const EndpointError error = read_error("{\"error\":{\"message\":\"bad \xff\xfe byte\"}}");
  EXPECT_EQ(error.message, "bad \uFFFD\uFFFD byte");
  std::string cut = std::string(2047, 'x') + "\u4f60";
  EXPECT_TRUE(valid_utf8(read_error(cut).message));
}

TEST(EndpointError, FindsNoneInACompletion) {
  for (const char* body : {R"({"choices":[],"error":null})", R"({"choices":[],"message":"x"})",
                           R"({"error":{}})", R"({"error":false})", "[]", "null", R"({"error":""})"}) {
    EXPECT_FALSE(find_error(*json::parse(body))) << body;
  }
}

}  // namespace
}  // namespace synthv1
