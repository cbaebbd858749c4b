// SPDX-License-Identifier: Apache-2.0
#include "synthv1/catalogue/phrase_compiler.h"

#include "tests/catalogue/phrase_text.h"

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string refusal(std::string_view text) {
  std::string code = "before";
  const auto fragment = compile_phrase(text, code);
  EXPECT_EQ(code, "before") << text;
  return fragment ? "compiled" : fragment.error().message;
}

Tags needs_of(std::string_view text) {
  std::string code;
  return compile_phrase(text, code).value().needs;
}

TEST(PhraseCompiler, KeepsEveryPartOfAPhrase) {
  for (const std::string_view text :
       {"Plain words.", "{item} at {merchant}, {amount}.", "[Yes|No|]", "[Hi|Hey {name}|], [so|well]",
        "{who}", "我在{merchant}[喝|买]了{item}，{amount}。", "[|]", "it's 'fine' – really…", "[one]"}) {
    std::string code = "xy";
    const Fragment fragment = compile_phrase(text, code).value().fragment;
    EXPECT_EQ(fragment.offset, 2U);
    EXPECT_EQ(fragment.length, code.size() - 2);
    EXPECT_EQ(phrase_text(std::string_view(code).substr(2)), text);
  }
}

TEST(PhraseCompiler, EverySlotHasItsName) {
  for (const std::string_view name : kSlotNames) {
    const std::string text = "{" + std::string(name) + "}";
    std::string code;
    ASSERT_TRUE(compile_phrase(text, code)) << text;
    EXPECT_EQ(phrase_text(code), text);
  }
}

TEST(PhraseCompiler, OptionalSlotsAreNeeds) {
  EXPECT_EQ(needs_of("{item} {merchant} {amount} {total} {city}"), 0U);
  EXPECT_EQ(needs_of("{with}"), tag("with"));
  EXPECT_EQ(needs_of("{who}"), tag("with") | tag("has_who"));
  EXPECT_EQ(needs_of("{occasion}"), tag("has_occasion"));
  EXPECT_EQ(needs_of("{thing2}"), tag("has_second"));
  EXPECT_EQ(needs_of("[so|{pet} and {amount2}]"), tag("has_pet") | tag("has_second"));
}

TEST(PhraseCompiler, ManyAlternatives) {
  const auto with = [](int count) {
    std::string text = "[a";
    for (int i = 1; i < count; ++i) text += "|a";
    return text + "]";
  };
  std::string code;
  ASSERT_TRUE(compile_phrase(with(100), code));
  EXPECT_EQ(phrase_text(code), with(100));
  EXPECT_THAT(refusal(with(101)), HasSubstr("more than 100 alternatives"));
}

TEST(PhraseCompiler, LongPhrases) {
  std::string code;
  EXPECT_TRUE(compile_phrase("[" + std::string(9'998, 'a') + "]", code));
  EXPECT_EQ(phrase_text(code).size(), 10'000U);
  EXPECT_THAT(refusal(std::string(10'001, 'a')), HasSubstr("longer than 10,000 bytes"));
}

TEST(PhraseCompiler, NamesThePhraseAndTheFault) {
  EXPECT_THAT(refusal("I paid 45 for it."),
              AllOf(HasSubstr("\"I paid 45 for it.\""), HasSubstr("numbers as words")));
  EXPECT_THAT(refusal("花了４５元"), HasSubstr("numbers as words"));
  EXPECT_THAT(refusal("[a|b 2]"), HasSubstr("numbers as words"));
  EXPECT_THAT(refusal("for ¥{amount}"), HasSubstr("currency signs"));
  EXPECT_THAT(refusal("for ￥{amount}"), HasSubstr("currency signs"));
  EXPECT_THAT(refusal("for ${amount}"), HasSubstr("currency signs"));
  EXPECT_THAT(refusal("for ＄{amount}"), HasSubstr("currency signs"));
  EXPECT_THAT(refusal("two\nlines"), HasSubstr("one line"));
  EXPECT_THAT(refusal("she said \"no\""), HasSubstr("double quotes"));
  EXPECT_THAT(refusal("a {merchnt}"), AllOf(HasSubstr("no slot {merchnt}"), HasSubstr("merchant")));
  EXPECT_THAT(refusal("{}"), HasSubstr("no slot {}"));
  EXPECT_THAT(refusal(""), HasSubstr("empty"));
  EXPECT_THAT(refusal(" a"), HasSubstr("spaces at its ends"));
  EXPECT_THAT(refusal("a "), HasSubstr("spaces at its ends"));
}

TEST(PhraseCompiler, BracketsMatch) {
  for (const std::string_view text : {"[a", "a {item", "[a {item]", "[a|{item|b]}"}) {
    EXPECT_THAT(refusal(text), HasSubstr("a bracket is not closed")) << text;
  }
  for (const std::string_view text : {"a]", "a}", "a|b", "[a}b]", "{item}}"}) {
    EXPECT_THAT(refusal(text), HasSubstr("stray")) << text;
  }
  EXPECT_THAT(refusal("[a|[b|c]]"), HasSubstr("[ ] inside [ ]"));
}

TEST(TagNamed, EveryTagButThoseOfSlots) {
  for (std::size_t i = 0; i < kTagNames.size(); ++i) {
    const auto bit = tag_named(kTagNames[i]);
    ASSERT_EQ(bit.has_value(), !kTagNames[i].starts_with("has_")) << kTagNames[i];
    EXPECT_EQ(bit.value_or(Tags{1} << i), Tags{1} << i);
  }
}

TEST(TagNamed, NamesTheNearest) {
  EXPECT_THAT(tag_named("wintr").error().message,
              AllOf(HasSubstr("'wintr'"), HasSubstr("did you mean 'winter'?")));
  EXPECT_THAT(tag_named("quite another").error().message, HasSubstr("the tags are spring, summer"));
}

}  // namespace
}  // namespace synthv1::test
