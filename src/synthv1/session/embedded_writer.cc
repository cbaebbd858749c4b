// SPDX-License-Identifier: Apache-2.0
#include "synthv1/session/embedded_writer.h"

#include "synthv1/session/check.h"

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::uint64_t kTries = 20;
constexpr unsigned kGeneralTell = 20;  ///< percent of purchases told in general phrases
constexpr unsigned kGeneralConfirm = 45;
constexpr unsigned kLeadIn = 45;  ///< percent of purchases led in ("One more:")
constexpr unsigned kInterjects =
    42;  ///< percent of answers that begin with a word of their own ("Honestly?")
constexpr unsigned kAskedForMore = 50;  ///< percent of purchases that the assistant asks for

constexpr std::string_view kEnglishCounts[] = {
    "no",       "one",     "two",     "three",     "four",     "five",     "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};
constexpr std::string_view kChineseCounts[] = {"零",   "一",   "两",   "三",   "四",   "五",   "六",
                                               "七",   "八",   "九",   "十",   "十一", "十二", "十三",
                                               "十四", "十五", "十六", "十七", "十八", "十九", "二十"};

std::string count_text(std::size_t count, Language language) {
  if (count >= std::size(kEnglishCounts)) return fmt::format("{}", count);
  return std::string(language == Language::chinese ? kChineseCounts[count] : kEnglishCounts[count]);
}

/// Puts a script into words.
class Voice {
 public:
  Voice(Script& script, Storyteller& teller) : script_(script), teller_(teller), random_(teller.random()) {}

  Session speak(const SessionPlan& plan) {
    Session session;
    session.turns.reserve(2 * script_.beats.size());
    for (std::size_t i = 0; i < script_.beats.size(); ++i) {
      const bool last = i + 1 == script_.beats.size();
      line_.clear();
      user_line(i, line_);
      session.turns.push_back({.role = Role::user, .content = line_});
      if (last && !script_.answered) break;
      line_.clear();
      assistant_line(i, line_);
      session.turns.push_back({.role = Role::assistant, .content = line_});
    }
    session.transactions.reserve(script_.purchases.size());
    for (const Purchase& purchase : script_.purchases) {
      session.transactions.push_back({.date = plan.date,
                                      .pair = purchase.pair,
                                      .amount = purchase.amount,
                                      .description = purchase.thing,
                                      .session_index = plan.index});
    }
    return session;
  }

 private:
  const Beat& beat(std::size_t index) const { return script_.beats[index]; }
  const Purchase& purchase(std::uint32_t index) const { return script_.purchases[index]; }

  static bool tells(BeatKind kind) {
    return kind == BeatKind::tell || kind == BeatKind::tell_two || kind == BeatKind::tell_first;
  }

  void user_line(std::size_t index, std::string& line) {
    const Beat& now = beat(index);
    if (index == 0) begin(line);
    const bool follows = index > 0 && beat(index - 1).kind != BeatKind::greet;
    if (follows && tells(now.kind) && random_.chance(kLeadIn)) teller_.say(General::next, about(now), line);
    switch (now.kind) {
      case BeatKind::greet:
        break;
      case BeatKind::tell:
        tell(now.purchase, line);
        break;
      case BeatKind::tell_two:
        tell_two(now, line);
        break;
      case BeatKind::tell_first:
        tell_without_amount(now.purchase, line);
        break;
      case BeatKind::give_amount:
        say_amount(General::give_amount, now.purchase, line);
        break;
      case BeatKind::talk:
        talk(now, line);
        break;
      case BeatKind::ask_total:
        teller_.say(General::ask_total, totals(), line);
        break;
      case BeatKind::check_total:
        teller_.say(General::check_total, totals(), line);
        break;
      case BeatKind::close:
        teller_.say(General::close, teller_.today(), line);
        break;
    }
  }

  void talk(const Beat& now, std::string& line) {
    const bool asked = teller_.phrases().talks[now.talk].ask.count > 0;
    if (asked && random_.chance(kInterjects)) teller_.say(General::interject, about(now), line);
    teller_.say(teller_.phrases().rows[now.row].user, about(now), line);
  }

  void begin(std::string& line) {
    if (script_.greets) {
      teller_.say(General::greet, teller_.today(), line);
    } else if (random_.chance(80)) {
      teller_.say(General::open, teller_.today(), line);
    }
  }

  /// What the assistant answers to a beat, and what it says to bring about the next.
  void assistant_line(std::size_t index, std::string& line) {
    react(beat(index), line);
    if (index + 1 < script_.beats.size() && beat(index).kind != BeatKind::greet)
      lead_to(beat(index + 1), line);
  }

  void react(const Beat& now, std::string& line) {
    switch (now.kind) {
      case BeatKind::greet:
        teller_.say(General::welcome, teller_.today(), line);
        break;
      case BeatKind::tell:
      case BeatKind::give_amount:
        confirm(now.purchase, line);
        break;
      case BeatKind::tell_two:
        say_two(General::confirm_two, now, line);
        break;
      case BeatKind::tell_first:
        teller_.say(General::ask_amount, about(now), line);
        break;
      case BeatKind::talk:
        teller_.say(teller_.phrases().rows[now.row].replies, about(now), line);
        break;
      case BeatKind::ask_total:
        teller_.say(General::give_total, totals(), line);
        break;
      case BeatKind::check_total:
        teller_.say(General::agree_total, totals(), line);
        break;
      case BeatKind::close:
        teller_.say(General::bye, totals(), line);
        break;
    }
  }

  void lead_to(const Beat& next, std::string& line) {
    if (next.kind == BeatKind::talk) {
      teller_.say(teller_.phrases().talks[next.talk].ask, about(next), line);
    } else if ((tells(next.kind) || next.kind == BeatKind::close) && random_.chance(kAskedForMore)) {
      teller_.say(General::more, teller_.today(), line);
    }
  }

  const Filling& about(const Beat& beat) const {
    return beat.purchase == kNoPurchase ? teller_.today() : script_.about[beat.purchase];
  }

  /// The filling of a purchase with its amount in a form drawn anew; the text lives until the next call.
  const Filling& priced(std::uint32_t index) {
    amount_ = amount_text(purchase(index).amount, teller_.language(), random_);
    script_.about[index][Slot::amount] = amount_;
    return script_.about[index];
  }

  void note_told(std::uint32_t index) {
    total_ += purchase(index).amount;
    ++count_;
  }

  void tell(std::uint32_t index, std::string& line) {
    teller_.say(teller_.phrases_of(purchase(index).pair).tell, teller_.phrases().general_group(General::tell),
                kGeneralTell, priced(index), line);
    note_told(index);
  }

  void tell_without_amount(std::uint32_t index, std::string& line) {
    teller_.say(teller_.phrases_of(purchase(index).pair).tell_first,
                teller_.phrases().general_group(General::tell_first), kGeneralTell, priced(index), line);
  }

  void say_amount(General key, std::uint32_t index, std::string& line) {
    teller_.say(key, priced(index), line);
    note_told(index);
  }

  void confirm(std::uint32_t index, std::string& line) {
    teller_.say(teller_.phrases_of(purchase(index).pair).confirm,
                teller_.phrases().general_group(General::confirm), kGeneralConfirm, priced(index), line);
  }

  void tell_two(const Beat& now, std::string& line) {
    if (random_.chance(60)) {
      say_two(General::tell_two, now, line);
      note_told(now.purchase);
      note_told(now.second);
    } else {
      tell(now.purchase, line);
      if (random_.chance(60)) teller_.say(General::next, script_.about[now.second], line);
      tell(now.second, line);
    }
  }

  void say_two(General key, const Beat& now, std::string& line) {
    Filling filling = priced(now.purchase);
    const std::string second = amount_text(purchase(now.second).amount, teller_.language(), random_);
    filling[Slot::item2] = purchase(now.second).item;
    filling[Slot::thing2] = purchase(now.second).thing;
    filling[Slot::amount2] = second;
    filling.tags |= tag("has_second");
    teller_.say(key, filling, line);
  }

  Filling totals() {
    total_text_ = amount_text(total_, teller_.language(), random_);
    count_text_ = count_text(count_, teller_.language());
    Filling filling = teller_.today();
    filling[Slot::total] = total_text_;
    filling[Slot::count] = count_text_;
    return filling;
  }

  Script& script_;
  Storyteller& teller_;
  RandomStream& random_;
  Money total_;  ///< of what the user has told so far
  std::size_t count_ = 0;
  std::string line_, amount_, total_text_, count_text_;
};

}  // namespace

EmbeddedWriter::EmbeddedWriter(const Catalogue& catalogue, Language language, std::uint64_t seed)
    : catalogue_(catalogue), seed_(seed), stream_(seed), teller_(catalogue, language, seed) {}

void EmbeddedWriter::begin_record(const RecordPlan& plan) {
  num_sessions_ = static_cast<std::uint32_t>(plan.sessions.size());
  stream_ = record_stream(seed_, plan.index).child("embedded");
  teller_.begin_record(plan.index);
}

Session EmbeddedWriter::write(const SessionPlan& plan) {
  const RandomStream stream = stream_.child("session", plan.index);
  std::string faults;
  for (std::uint64_t attempt = 0; attempt < kTries; ++attempt) {
    teller_.begin_session(plan.date, stream.child("try", attempt));
    make_script(plan, num_sessions_, teller_, script_);
    Session session = Voice(script_, teller_).speak(plan);
    const std::vector<SessionFault> found = check_session(plan, session, catalogue_);
    if (found.empty()) return session;
    faults = found.front().describe();
  }
  throw BrokenInvariant("the embedded writer cannot write session " + std::to_string(plan.index) + ": " +
                        faults);
}

}  // namespace synthv1
