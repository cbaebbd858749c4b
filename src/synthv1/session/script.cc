// SPDX-License-Identifier: Apache-2.0
#include "synthv1/session/script.h"

#include <algorithm>

#include <boost/container/small_vector.hpp>

namespace synthv1 {

namespace {

constexpr unsigned kSecondPurchase = 26;  ///< percent of pairs bought twice
constexpr unsigned kTwoInATurn = 12;
constexpr unsigned kAmountAsked = 22;
constexpr unsigned kTotalWanted = 50;
constexpr unsigned kCloses = 88;
constexpr unsigned kAboutPurchase = 75;  ///< percent of talk that is about a purchase,
constexpr unsigned kAboutSame = 15;      ///< and when it has been talked about that much:
constexpr std::size_t kTalkedAbout = 4;  ///< beats of a chapter

/// The beats about a purchase, or two that are told together.
using Chapter = boost::container::small_vector<Beat, 8>;

class ScriptWriter {
 public:
  ScriptWriter(const SessionPlan& plan, std::uint32_t num_sessions, Storyteller& teller, Script& script)
      : plan_(plan), num_sessions_(num_sessions), teller_(teller), random_(teller.random()), script_(script) {
    script_.purchases.clear();
    script_.about.clear();
    script_.beats.clear();
  }

  void write() {
    draw_turns();
    draw_purchases();
    draw_frame();
    tell_all();
    fill_with_talk();
    assemble();
  }

 private:
  void draw_turns() {
    const auto wanted = static_cast<std::uint32_t>(2 * plan_.pairs.size());
    const std::uint32_t least = std::clamp(wanted, plan_.min_turns, plan_.max_turns);
    std::uint32_t turns = static_cast<std::uint32_t>(random_.between(least, plan_.max_turns));
    if (turns % 2 == 1 && turns > least) --turns;
    if (turns % 2 == 1 && turns < plan_.max_turns) ++turns;
    script_.answered = turns % 2 == 0;
    free_ = (turns + 1) / 2;
  }

  void draw_purchases() {
    std::vector<PairId> pairs = plan_.pairs;
    for (const PairId pair : plan_.pairs) {
      if (pairs.size() + 2 < free_ && random_.chance(kSecondPurchase)) pairs.push_back(pair);
    }
    random_.shuffle(std::span(pairs));
    script_.purchases.reserve(pairs.size());
    script_.about.reserve(pairs.size());
    for (const PairId pair : pairs)
      script_.purchases.push_back(teller_.draw_purchase(pair, script_.purchases));
    for (const Purchase& purchase : script_.purchases) script_.about.push_back(teller_.about(purchase));
  }

  std::uint32_t purchases() const { return static_cast<std::uint32_t>(script_.purchases.size()); }

  /// Greeting, total and close, each where there is room for it beside the purchases.
  void draw_frame() {
    script_.greets = plan_.first();
    const auto room = [this] { return free_ > purchases(); };
    if (plan_.first() && room()) {
      greets_alone_ = true;
      --free_;
    }
    if (room() && random_.chance(kCloses)) {
      closes_ = true;
      --free_;
    }
    if (purchases() > 1 && room() && random_.chance(kTotalWanted)) {
      total_ = random_.chance(35) ? BeatKind::check_total : BeatKind::ask_total;
      --free_;
    }
  }

  /// One beat a purchase, or a beat for two, or two beats where the assistant has to ask for the amount.
  void tell_all() {
    std::uint32_t left = purchases();
    chapters_.reserve(left);
    for (std::uint32_t i = 0; i < purchases();) {
      const bool must_pair = left > free_;
      const bool can_pair = left >= 2 && i + 1 < purchases();
      if (can_pair && (must_pair || random_.chance(kTwoInATurn))) {
        chapters_.push_back({{.kind = BeatKind::tell_two, .purchase = i, .second = i + 1}});
        i += 2;
        left -= 2;
        --free_;
        continue;
      }
      tell_one(i, left);
      ++i;
      --left;
    }
  }

  void tell_one(std::uint32_t purchase, std::uint32_t left) {
    if (free_ > left && random_.chance(kAmountAsked)) {
      chapters_.push_back({{.kind = BeatKind::tell_first, .purchase = purchase},
                           {.kind = BeatKind::give_amount, .purchase = purchase}});
      free_ -= 2;
    } else {
      chapters_.push_back({{.kind = BeatKind::tell, .purchase = purchase}});
      --free_;
    }
  }

  /// What is left of the turns goes to talk: news of the threads of life first, the rest about purchases and
  /// the day.
  void fill_with_talk() {
    for (const Thread& thread : teller_.persona().threads) tell_news(thread);
    while (free_ > 0) {
      Chapter& chapter = chapters_[random_.below(chapters_.size())];
      const std::uint32_t purchase = chapter.front().purchase;
      const unsigned share = chapter.size() < kTalkedAbout ? kAboutPurchase : kAboutSame;
      const bool about_purchase = random_.chance(share) && add_purchase_talk(chapter, purchase);
      if (!about_purchase && !add_talk(chapter, teller_.phrases().general_talks, kNoPurchase) &&
          !add_purchase_talk(chapter, purchase) && !repeat_talk(chapter)) {
        return;
      }
    }
  }

  /// The piece of news that is due in this session, when the thread is told evenly over the record.
  void tell_news(const Thread& thread) {
    const std::uint64_t pieces = thread.talks.count;
    const std::uint64_t due = plan_.index * pieces / num_sessions_;
    const std::uint64_t next = (plan_.index + 1) * pieces / num_sessions_;
    if (free_ == 0 || due == next) return;
    const Group piece{.first = thread.talks.first + static_cast<std::uint32_t>(due), .count = 1};
    add_talk(chapters_[random_.below(chapters_.size())], piece, kNoPurchase);
  }

  bool add_purchase_talk(Chapter& chapter, std::uint32_t purchase) {
    return add_talk(chapter, teller_.phrases_of(script_.purchases[purchase].pair).talks, purchase);
  }

  bool add_talk(Chapter& chapter, Group talks, std::uint32_t purchase) {
    const Filling& filling = purchase == kNoPurchase ? teller_.today() : script_.about[purchase];
    const auto talk = teller_.draw_talk(talks, filling, told_);
    if (!talk) return false;
    const auto row = teller_.draw_row(*talk, filling);
    if (!row) return false;
    told_.push_back(*talk);
    // Talk about the purchase stays next to it; other talk comes behind.
    auto at = chapter.end();
    while (purchase != kNoPurchase && at != chapter.begin() && std::prev(at)->kind == BeatKind::talk &&
           std::prev(at)->purchase == kNoPurchase) {
      --at;
    }
    chapter.insert(at, {.kind = BeatKind::talk, .purchase = purchase, .talk = *talk, .row = *row});
    --free_;
    return true;
  }

  /// Very long sessions tell again what they have told.
  bool repeat_talk(Chapter& chapter) {
    if (told_.empty()) return false;
    told_.clear();
    return add_talk(chapter, teller_.phrases().general_talks, kNoPurchase) ||
           add_purchase_talk(chapter, chapter.front().purchase);
  }

  void assemble() {
    std::vector<Beat>& beats = script_.beats;
    if (greets_alone_) beats.push_back({.kind = BeatKind::greet});
    for (const Chapter& chapter : chapters_) beats.insert(beats.end(), chapter.begin(), chapter.end());
    if (total_ != BeatKind::talk) beats.push_back({.kind = total_});
    if (closes_) beats.push_back({.kind = BeatKind::close});
  }

  const SessionPlan& plan_;
  std::uint32_t num_sessions_;
  Storyteller& teller_;
  RandomStream& random_;
  Script& script_;
  std::uint32_t free_ = 0;           ///< user turns not yet given away
  std::vector<Chapter> chapters_;    ///< in order
  std::vector<std::uint32_t> told_;  ///< talks of this session
  BeatKind total_ = BeatKind::talk;  ///< ask_total or check_total; talk: none
  bool greets_alone_ = false;
  bool closes_ = false;
};

}  // namespace

void make_script(const SessionPlan& plan, std::uint32_t num_sessions, Storyteller& teller, Script& script) {
  ScriptWriter(plan, num_sessions, teller, script).write();
}

}  // namespace synthv1
