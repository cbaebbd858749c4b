// SPDX-License-Identifier: Apache-2.0
#include "synthv1/catalogue/archive.h"
#include "synthv1/catalogue/catalogue.h"
#include "tests/catalogue/phrase_text.h"

#include <algorithm>

#include <gmock/gmock.h>

namespace synthv1::test {
namespace {

using testing::ElementsAre;

constexpr std::int64_t kHighestPrice = 20'000 * 100;
constexpr std::size_t kFewestFragments = 3'000;

struct Row {
  std::string_view scene, subscenes;
};

/// SPEC 1, as the table stands there.
constexpr Row kEnglish[] = {
    {"Dining", "Fast Food, Restaurant, Coffee, Bubble Tea, BBQ, Hot Pot, Snacks, Takeout"},
    {"Transportation", "Subway, Bus, Taxi, Gas, Parking, Train, Flight"},
    {"Shopping", "Clothing, Electronics, Daily Necessities, Cosmetics, Books, Groceries, Furniture"},
    {"Entertainment", "Movie, KTV, Gaming, Gym, Travel, Concert, Escape Room"},
    {"Utilities", "Water & Electricity, Property Fee, Phone Bill, Internet, Gas Bill, Rent"},
    {"Medical", "Medicine, Doctor Visit, Health Checkup, Dental, Glasses"},
    {"Education", "Training Course, Books & Materials, Online Course, Exam Registration, Tuition"},
    {"Other", "Transfer, Red Envelope, Donation, Pet, Beauty & Salon"},
};
constexpr Row kChinese[] = {
    {"餐饮", "快餐, 餐厅, 咖啡, 奶茶, 烧烤, 火锅, 小吃, 外卖"},
    {"交通", "地铁, 公交, 出租车, 汽油, 停车, 火车, 飞机"},
    {"购物", "服装, 电子产品, 日用品, 化妆品, 书籍, 杂货, 家具"},
    {"娱乐", "电影, KTV, 游戏, 健身房, 旅游, 演唱会, 密室逃脱"},
    {"水电费", "水电, 物业费, 电话费, 网费, 燃气费, 房租"},
    {"医疗", "药品, 看病, 体检, 牙科, 眼镜"},
    {"教育", "培训课程, 书籍资料, 在线课程, 考试报名, 学费"},
    {"其他", "转账, 红包, 捐款, 宠物, 美容美发"},
};

/// The default catalogue's names as the rows of such a table.
std::vector<std::pair<std::string, std::string>> table_of(Language language) {
  const Catalogue& catalogue = default_catalogue();
  std::vector<std::pair<std::string, std::string>> rows;
  for (std::size_t i = 0; i < catalogue.scenes.size(); ++i) {
    rows.emplace_back(catalogue.scene_name(static_cast<SceneId>(i), language), "");
  }
  for (std::size_t i = 0; i < catalogue.pairs.size(); ++i) {
    std::string& subscenes = rows.at(static_cast<std::size_t>(catalogue.pairs[i].scene)).second;
    if (!subscenes.empty()) subscenes += ", ";
    subscenes += catalogue.pair_name(static_cast<PairId>(i), language);
  }
  return rows;
}

template <std::size_t N>
void expect_table(Language language, const Row (&expected)[N]) {
  const auto rows = table_of(language);
  ASSERT_EQ(rows.size(), N);
  for (std::size_t i = 0; i < N; ++i) {
    EXPECT_EQ(rows[i].first, expected[i].scene);
    EXPECT_EQ(rows[i].second, expected[i].subscenes);
  }
}

TEST(DefaultCatalogue, EightScenesAndFiftyPairsAsSpecified) {
  EXPECT_EQ(default_catalogue().scenes.size(), 8U);
  EXPECT_EQ(default_catalogue().pairs.size(), 50U);
  expect_table(Language::english, kEnglish);
  expect_table(Language::chinese, kChinese);
  EXPECT_TRUE(std::ranges::is_sorted(default_catalogue().pairs, {}, &Pair::scene));
}

TEST(DefaultCatalogue, EightQuestionTypesInOrder) {
  std::vector<std::string> names;
  for (const QuestionType& type : default_catalogue().question_types) names.push_back(type.name);
  EXPECT_THAT(names, ElementsAre("time_range_scene_amount", "time_range_multiple_scenes_amount",
                                 "time_range_total_amount", "max_scene", "max_frequency_date",
                                 "max_single_amount", "single_date_scene_amount", "total_amount"));
  EXPECT_EQ(default_catalogue().question_types.back().fixed, 1);
}

TEST(DefaultCatalogue, EveryQuestionTypeIsWordedInBothLanguages) {
  for (const QuestionType& type : default_catalogue().question_types) {
    for (const QuestionWording& wording : type.wording) {
      EXPECT_FALSE(wording.question.empty()) << type.name;
      EXPECT_EQ(wording.ranged.empty(), type.range != FilterUse::later) << type.name;
      EXPECT_GE(wording.rewrites.size(), 10U) << type.name;
    }
  }
}

TEST(DefaultCatalogue, IsWhatItsSourcesReadAs) {
  const Catalogue read = read_catalogue(default_catalogue_sources()).value();
  EXPECT_TRUE(pack_catalogue(read) == pack_catalogue(default_catalogue()));
  EXPECT_EQ(default_catalogue().hash, "");
  EXPECT_FALSE(read.hash.empty());
}

TEST(DefaultCatalogue, PrintedItReadsAsItself) {
  const std::string text = merge_catalogue(default_catalogue_sources()).value();
  std::vector<CatalogueSource> sources(default_catalogue_sources().begin(),
                                       default_catalogue_sources().end());
  sources.push_back({.name = "printed.toml", .text = text});
  const Catalogue laid_over = read_catalogue(sources).value();
  EXPECT_TRUE(pack_catalogue(laid_over) == pack_catalogue(default_catalogue()));
}

class DefaultPhrases : public testing::TestWithParam<std::size_t> {
 protected:
  const Catalogue& catalogue_ = default_catalogue();
  const Phrases& phrases_ = catalogue_.phrases[GetParam()];
};

INSTANTIATE_TEST_SUITE_P(Languages, DefaultPhrases, testing::Values(0U, 1U),
                         [](const auto& test) { return std::string(kLanguageNames[test.param]); });

TEST_P(DefaultPhrases, EverySubsceneIsServed) {
  ASSERT_EQ(phrases_.subscenes.size(), catalogue_.pairs.size());
  for (std::size_t i = 0; i < phrases_.subscenes.size(); ++i) {
    const SubscenePhrases& own = phrases_.subscenes[i];
    const std::string& name = catalogue_.pairs[i].name;
    EXPECT_GT(own.items.count, 0U) << name;
    EXPECT_GT(own.merchants.count, 0U) << name;
    EXPECT_GT(own.tell.count, 0U) << name;
    EXPECT_GT(own.tell_first.count, 0U) << name;
    EXPECT_GT(own.confirm.count, 0U) << name;
    EXPECT_GT(own.talks.count, 0U) << name;
  }
}

TEST_P(DefaultPhrases, EveryGeneralKeyIsFilled) {
  for (std::size_t i = 0; i < kGeneralNames.size(); ++i) {
    EXPECT_GT(phrases_.general[i].count, 0U) << kGeneralNames[i];
  }
  EXPECT_GT(phrases_.general_talks.count, 0U);
  EXPECT_GE(phrases_.threads.size(), 2U);
  for (const Group list : phrases_.persona) EXPECT_GT(list.count, 0U);
  EXPECT_GE(phrases_.persona[static_cast<std::size_t>(PersonaList::people)].count, 6U);
}

TEST_P(DefaultPhrases, ThereAreMany) { EXPECT_GE(phrases_.fragments.size(), kFewestFragments); }

TEST_P(DefaultPhrases, PricesArePositiveAndWithinReason) {
  for (const Item& item : phrases_.items) {
    const std::string name = phrase_text(phrases_.code_of(phrases_.fragments[item.item]));
    EXPECT_GT(item.low, 0) << name;
    EXPECT_LE(item.low, item.high) << name;
    EXPECT_GE(item.high, 100) << name;
    EXPECT_LE(item.high, kHighestPrice) << name;
  }
  for (const Pair& pair : catalogue_.pairs) {
    EXPECT_GE(pair.low, 100) << pair.name;
    EXPECT_LE(pair.low, pair.high) << pair.name;
    EXPECT_LE(pair.high, kHighestPrice) << pair.name;
  }
}

/// Whether a text has a digit, of any width.
bool has_digit(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] >= '0' && text[i] <= '9') return true;
    if (text.substr(i).starts_with("\xef\xbc") && i + 2 < text.size() && text[i + 2] >= '\x90' &&
        text[i + 2] <= '\x99') {
      return true;
    }
  }
  return false;
}

TEST_P(DefaultPhrases, NoneHasDigits) {
  ASSERT_TRUE(has_digit("a4"));
  ASSERT_TRUE(has_digit("４"));
  ASSERT_FALSE(has_digit("，我"));
  for (const Fragment& fragment : phrases_.fragments) {
    const std::string text = phrase_text(phrases_.code_of(fragment));
    std::string words;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t open = std::min(text.find('{', at), text.size());
      words += text.substr(at, open - at);
      at = open == text.size() ? open : text.find('}', open) + 1;
    }
    EXPECT_FALSE(has_digit(words)) << text;
  }
}

TEST_P(DefaultPhrases, AmountsStandWhereTheWriterCountsOnThem) {
  const auto each_has = [&](Group group, std::string_view slot) {
    for (const std::string& text : texts(phrases_, group)) EXPECT_THAT(text, testing::HasSubstr(slot));
  };
  const auto none_has = [&](Group group, std::string_view slot) {
    for (const std::string& text : texts(phrases_, group))
      EXPECT_THAT(text, testing::Not(testing::HasSubstr(slot)));
  };
  for (const SubscenePhrases& own : phrases_.subscenes) {
    each_has(own.tell, "{amount}");
    each_has(own.confirm, "{amount}");
    none_has(own.tell_first, "{amount}");
  }
  none_has(phrases_.general_group(General::tell_first), "{amount}");
  none_has(phrases_.general_group(General::ask_amount), "{amount}");
  each_has(phrases_.general_group(General::tell_two), "{amount2}");
  each_has(phrases_.general_group(General::check_total), "{total}");
}

/// Elements of every conditional group that serve any day and any purchase: without them a line could stay
/// empty.
TEST_P(DefaultPhrases, SomePhraseFitsAlways) {
  const auto always = [&](Group group) {
    return std::any_of(phrases_.fragments.begin() + group.first,
                       phrases_.fragments.begin() + group.first + group.count,
                       [](const Fragment& fragment) { return fragment.condition == 0; });
  };
  for (std::size_t i = 0; i < kGeneralNames.size(); ++i) {
    const auto key = static_cast<General>(i);
    const bool of_two = key == General::tell_two || key == General::confirm_two;
    EXPECT_TRUE(of_two || always(phrases_.general[i])) << kGeneralNames[i];
  }
  for (const TalkRow& row : phrases_.rows) {
    const Fragment& said = phrases_.fragments[row.user];
    const Condition user = phrases_.condition_of(said);
    const bool fits = std::any_of(
        phrases_.fragments.begin() + row.replies.first,
        phrases_.fragments.begin() + row.replies.first + row.replies.count, [&](const Fragment& fragment) {
          const Condition reply = phrases_.condition_of(fragment);
          return (reply.needs & ~user.needs) == 0 && (reply.excludes & ~user.excludes) == 0;
        });
    EXPECT_TRUE(fits) << phrase_text(phrases_.code_of(said));
  }
}

}  // namespace
}  // namespace synthv1::test
