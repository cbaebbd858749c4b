// SPDX-License-Identifier: Apache-2.0
#include "synthv1/session/storyteller.h"

#include "synthv1/session/calendar_tags.h"

#include <algorithm>

namespace synthv1 {

namespace {

constexpr int kPriceTries = 50;

constexpr std::array<std::array<std::string_view, 7>, 2> kWeekdays = {
    {{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
     {"周一", "周二", "周三", "周四", "周五", "周六", "周日"}}};

constexpr std::array<std::array<std::string_view, 12>, 2> kMonths = {
    {{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
      "November", "December"},
     {"一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"}}};

/// Whether `line`, which is not empty, ends in a mark behind which another phrase may follow.
bool ends_sentence(std::string_view line) {
  constexpr std::string_view kAsciiMarks = ".!?:,;-)'~";
  constexpr std::string_view kWideMarks[] = {"—",  "…",  "。", "！", "？", "：",
                                             "，", "；", "～", "）", "、", "」"};
  if (static_cast<unsigned char>(line.back()) < 0x80) return kAsciiMarks.contains(line.back());
  return std::any_of(std::begin(kWideMarks), std::end(kWideMarks),
                     [&](std::string_view mark) { return line.ends_with(mark); });
}

/// Prepares a line that already says something for another phrase.
void join_phrase(std::string& line, Language language) {
  if (line.empty()) return;
  if (!ends_sentence(line)) line += language == Language::chinese ? "。" : ".";
  if (language == Language::english) line += ' ';
}

}  // namespace

Storyteller::Storyteller(const Catalogue& catalogue, Language language, std::uint64_t seed)
    : catalogue_(catalogue),
      language_(language),
      phrases_(catalogue.phrases[static_cast<std::size_t>(language)]),
      casting_(phrases_, seed),
      fragments_(phrases_.fragments.size(), RandomStream(seed).child("fragments")),
      items_(phrases_.items.size(), RandomStream(seed).child("items")),
      talks_(phrases_.talks.size(), RandomStream(seed).child("talks")),
      next_rows_(phrases_.talks.size()),
      random_(seed) {}

void Storyteller::begin_record(std::uint32_t index) {
  persona_ = casting_.draw(index);
  for (Deck* deck : {&fragments_, &items_, &talks_}) deck->begin_record(index);
  std::fill(next_rows_.begin(), next_rows_.end(), index);
}

void Storyteller::begin_session(Date date, RandomStream random) {
  random_ = random;
  today_ = {};
  today_.tags = tags_of(date) | persona_.tags;
  today_[Slot::weekday] = kWeekdays[static_cast<std::size_t>(language_)][date.weekday() - 1];
  today_[Slot::month] = kMonths[static_cast<std::size_t>(language_)][date.month() - 1];
  today_[Slot::name] = persona_.name;
  today_[Slot::friend_name] = persona_.friends[0];
  today_[Slot::colleague] = persona_.colleague;
  today_[Slot::sibling] = persona_.sibling;
  today_[Slot::city] = persona_.city;
  today_[Slot::pet] = persona_.pet;
}

Filling Storyteller::about(const Purchase& purchase) const {
  Filling filling = today_;
  filling.tags |= purchase.tags;
  filling[Slot::item] = purchase.item;
  filling[Slot::thing] = purchase.thing;
  filling[Slot::merchant] = purchase.merchant;
  filling[Slot::occasion] = purchase.occasion;
  filling[Slot::with] = purchase.with;
  filling[Slot::who] = purchase.who;
  filling[Slot::subscene] = catalogue_.pair_name(purchase.pair, language_);
  filling[Slot::scene] = catalogue_.scene_name(catalogue_.pair(purchase.pair).scene, language_);
  return filling;
}

bool Storyteller::fragment_fits(std::uint32_t index, const Filling& filling) const {
  const Fragment fragment = phrases_.fragments[index];
  return fragment.condition == 0 || filling.fits(phrases_.condition_of(fragment));
}

std::optional<std::uint32_t> Storyteller::draw_fragment(Group group, const Filling& filling) {
  return fragments_.draw(group, [&](std::uint32_t i) { return fragment_fits(i, filling); });
}

std::string Storyteller::rendered(std::uint32_t fragment, const Filling& filling) {
  std::string text;
  render(phrases_.code_of(phrases_.fragments[fragment]), filling, random_, text);
  return text;
}

void Storyteller::say(std::uint32_t fragment, const Filling& filling, std::string& line) {
  join_phrase(line, language_);
  render(phrases_.code_of(phrases_.fragments[fragment]), filling, random_, line);
}

void Storyteller::say(Group first, Group second, unsigned percent, const Filling& filling,
                      std::string& line) {
  if (percent > 0 && random_.chance(percent)) std::swap(first, second);
  auto drawn = draw_fragment(first, filling);
  if (!drawn) drawn = draw_fragment(second, filling);
  if (drawn) say(*drawn, filling, line);
}

std::optional<std::uint32_t> Storyteller::draw_talk(Group group, const Filling& filling,
                                                    const std::vector<std::uint32_t>& told) {
  return talks_.draw(group, [&](std::uint32_t i) {
    const Talk& talk = phrases_.talks[i];
    return filling.fits(talk.condition) && std::find(told.begin(), told.end(), i) == told.end();
  });
}

std::optional<std::uint32_t> Storyteller::draw_row(std::uint32_t talk, const Filling& filling) {
  const Group rows = phrases_.talks[talk].rows;
  for (std::uint32_t i = 0; i < rows.count; ++i) {
    const std::uint32_t row = rows.first + next_rows_[talk]++ % rows.count;
    if (fragment_fits(phrases_.rows[row].user, filling)) return row;
  }
  return std::nullopt;
}

void Storyteller::draw_company(Purchase& purchase, const Pair& pair) {
  if (!random_.chance(pair.company)) {
    purchase.tags |= tag("alone");
    return;
  }
  const std::uint64_t who = random_.below(6);
  purchase.who = who < 3 ? persona_.friends[who] : who == 3 ? persona_.sibling : persona_.colleague;
  purchase.with = (language_ == Language::chinese ? "和" : "with ") + purchase.who;
  purchase.tags |= tag("with") | tag("has_who");
}

Money Storyteller::draw_new_price(const Pair& pair, std::int64_t low, std::int64_t high,
                                  const std::vector<Purchase>& taken) {
  Money price = draw_price(pair, low, high, random_);
  const auto is_taken = [&](const Purchase& other) { return other.amount == price; };
  for (int i = 0; i < kPriceTries && std::any_of(taken.begin(), taken.end(), is_taken); ++i) {
    price = draw_price(pair, low, high, random_);
  }
  return price;
}

void Storyteller::draw_item(Purchase& purchase, const Pair& pair, const std::vector<Purchase>& taken) {
  const Filling filling = about(purchase);
  const auto drawn = items_.draw(phrases_of(purchase.pair).items,
                                 [&](std::uint32_t i) { return filling.fits(phrases_.items[i].condition); });
  if (!drawn) {
    purchase.item = purchase.thing = catalogue_.pair_name(purchase.pair, language_);
    purchase.amount = draw_new_price(pair, pair.low, pair.high, taken);
    return;
  }
  const Item& item = phrases_.items[*drawn];
  purchase.item = rendered(item.item, filling);
  purchase.thing = rendered(item.thing, filling);
  purchase.amount = draw_new_price(pair, item.low, item.high, taken);
  const auto merchant = draw_fragment(item.merchants, filling);
  if (merchant) purchase.merchant = rendered(*merchant, filling);
}

Purchase Storyteller::draw_purchase(PairId id, const std::vector<Purchase>& taken) {
  const Pair& pair = catalogue_.pair(id);
  const SubscenePhrases& own = phrases_of(id);
  Purchase purchase{.pair = id};
  draw_company(purchase, pair);
  draw_item(purchase, pair, taken);
  const Filling filling = about(purchase);
  if (purchase.merchant.empty()) {
    if (const auto merchant = draw_fragment(own.merchants, filling))
      purchase.merchant = rendered(*merchant, filling);
  }
  if (const auto occasion = draw_fragment(own.occasions, filling)) {
    purchase.occasion = rendered(*occasion, filling);
    purchase.tags |= tag("has_occasion");
  }
  return purchase;
}

}  // namespace synthv1
