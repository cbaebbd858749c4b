// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/json_value.h"

#include <gtest/gtest.h>

namespace synthv1::json {
namespace {

TEST(JsonValue, KnowsItsKindAndGivesOnlyThat) {
  EXPECT_TRUE(Value().is_null());
  EXPECT_EQ(Value::boolean(true).as_bool(), true);
  EXPECT_EQ(Value::string("x").as_string(), "x");
  EXPECT_EQ(Value::number("45.50").as_number(), "45.50");
  EXPECT_EQ(Value::number("45.50").as_string(), std::nullopt);
  EXPECT_EQ(Value::string("1").as_int64(), std::nullopt);
  EXPECT_EQ(Value::array().as_object(), nullptr);
  EXPECT_EQ(name_of(Value::object().kind()), "an object");
}

TEST(JsonValue, ReadsOnlyWholeNumbersThatFit) {
  const struct {
    const char* text;
    std::optional<std::int64_t> value;
  } cases[] = {
      {"0", 0},
      {"-12", -12},
      {"9223372036854775807", INT64_MAX},
      {"9223372036854775808", std::nullopt},
      {"1.0", std::nullopt},
      {"1e3", std::nullopt},
  };
  for (const auto& [text, value] : cases) EXPECT_EQ(Value::number(text).as_int64(), value) << text;
}

TEST(JsonValue, FindsMembers) {
  Value value = Value::object({{"a", Value::integer(1)}, {"b", Value::string("text")}});
  ASSERT_NE(value.find("b"), nullptr);
  EXPECT_EQ(value.find("b")->take_string(), "text");
  EXPECT_EQ(value.find("c"), nullptr);
  EXPECT_EQ(Value::integer(1).find("a"), nullptr);
}

TEST(JsonValue, ComparesKindsTextsAndOrder) {
  const Value a = Value::object({{"a", Value()}, {"b", Value()}});
  const Value b = Value::object({{"b", Value()}, {"a", Value()}});
  EXPECT_EQ(a, Value(a));
  EXPECT_FALSE(a == b);
  EXPECT_FALSE(Value::number("1") == Value::number("1.0"));
  EXPECT_FALSE(Value::number("1") == Value::string("1"));
}

TEST(JsonValue, FindsDuplicateKeysAmongFewAndMany) {
  Value::Object members;
  for (int i = 0; i < 40; ++i) {
    EXPECT_EQ(find_duplicate_key(members), nullptr);
    members.push_back({"key" + std::to_string(i), Value()});
    Value::Object twice = members;
    twice.push_back({"key0", Value()});
    ASSERT_NE(find_duplicate_key(twice), nullptr);
    EXPECT_EQ(*find_duplicate_key(twice), "key0");
  }
}

}  // namespace
}  // namespace synthv1::json
