// SPDX-License-Identifier: Apache-2.0
#include "synthv1/paraphrase/words.h"

#include "synthv1/base/text.h"
#include "synthv1/paraphrase/lexicon.h"

#include <set>

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

TEST(Words, EachStandsOnceInSmallLetters) {
  std::set<std::string_view> seen;
  for (const auto& words : {english_words(), chinese_words()}) {
    for (const WordGroup& group : words) {
      for (const std::string_view text : split(group.texts, '|')) {
        EXPECT_TRUE(seen.insert(text).second) << text;
        EXPECT_EQ(text, lower_ascii(trim(text)));
        EXPECT_FALSE(text.empty());
      }
    }
  }
}

TEST(Lexicon, FindsTheLongestPhraseOfWholeWords) {
  const Lexicon words({{"hot", WordRole::word, 1},
                       {"hot pot", WordRole::word, 2},
                       {"bill", WordRole::word, 3, 0, true},
                       {"火锅", WordRole::word, 4}});
  const auto found = [&](std::string_view text) {
    const Lexicon::Match match = words.find(text, first_unit(text));
    return std::pair(match.entry != nullptr ? match.entry->value : 0, match.length);
  };
  EXPECT_EQ(found("hot pot was"), std::pair(2, std::size_t{7}));
  EXPECT_EQ(found("Hot-Pot"), std::pair(2, std::size_t{7}));
  EXPECT_EQ(found("hot  pot"), std::pair(2, std::size_t{8}));
  EXPECT_EQ(found("hot potato"), std::pair(1, std::size_t{3}));
  EXPECT_EQ(found("hotel"), std::pair(0, std::size_t{0}));
  EXPECT_EQ(found("Bills,"), std::pair(3, std::size_t{5}));
  EXPECT_EQ(found("billow"), std::pair(0, std::size_t{0}));
  EXPECT_EQ(found("火锅店"), std::pair(4, std::size_t{6}));
}

}  // namespace
}  // namespace synthv1::test
