// SPDX-License-Identifier: Apache-2.0
#include "synthv1/paraphrase/date_phrases.h"

#include "synthv1/paraphrase/date_point.h"

#include <optional>

namespace synthv1 {

namespace {

using enum WordRole;

/// What stands before the first point of a phrase.
struct Lead {
  WordRole word = WordRole::word;  ///< from, between, ending, link, open_before, or word for nothing
  bool week = false;               ///< "the week of"
  bool first_edge = false, last_edge = false;
};

/// What stands between two points.
struct Link {
  bool joins = false;          ///< "to", "until", a dash
  bool joins_between = false;  ///< "and", which joins behind "between" or before 之间 only
  bool joins_from = false;     ///< "and ending"
  bool first_edge = false, last_edge = false;
  std::size_t end = 0;
};

class DateFinder {
 public:
  DateFinder(const std::vector<Token>& tokens, std::string_view text) : tokens_(tokens), text_(text) {}

  std::vector<DatePhrase> run() {
    std::vector<DatePhrase> phrases;
    for (std::size_t at = 0; at < tokens_.size();) {
      const auto phrase = read_phrase(at);
      if (phrase) phrases.push_back(*phrase);
      at = phrase ? phrase->end : at + 1;
    }
    return phrases;
  }

 private:
  WordRole role(std::size_t at) const { return at < tokens_.size() ? tokens_[at].role : word; }

  /// A point, with or without a weekday before it.
  std::optional<DatePoint> point(std::size_t at, PointPlace place) const {
    if (role(at) != weekday) return read_point(tokens_, at, place);
    auto found = read_point(tokens_, role(at + 1) == comma ? at + 2 : at + 1, place);
    if (!found || !found->is_day()) return std::nullopt;
    found->begin = at;
    found->weekday = tokens_[at].value;
    return found;
  }

  /// "may" and "march" in small letters, beside no day and no year, are verbs.
  bool is_verb(const DatePoint& found) const {
    const Token& first = tokens_[found.begin];
    if (first.role != month_name || found.day > 0 || found.year > 0) return false;
    const std::string_view word_text = text_.substr(first.offset, first.length);
    return word_text == "may" || word_text == "march" || word_text == "mar";
  }

  std::optional<DatePhrase> read_phrase(std::size_t at) const {
    auto first = point(at, PointPlace::first);
    if (!first) return std::nullopt;
    const Lead lead = lead_before(first->begin);
    const Link between_points = link_behind(first->end);
    auto last = between_points.end > first->end ? point(between_points.end, PointPlace::last) : std::nullopt;
    if (last && !joined(lead, between_points, last->end)) last.reset();
    if (last) return range_phrase(lead, *first, between_points, *last);
    if (first->number || is_verb(*first)) return std::nullopt;
    return single_phrase(lead, *first);
  }

  bool joined(const Lead& lead, const Link& link_found, std::size_t behind) const {
    if (link_found.joins) return true;
    if (link_found.joins_from && lead.word == from) return true;
    return link_found.joins_between && (lead.word == between || role(behind) == between_end);
  }

  Lead lead_before(std::size_t at) const {
    Lead lead;
    bool inside = false;  // "go through in January": no end of a range
    while (at > 0) {
      const WordRole before = role(--at);
      if (before == of) inside = true;
      if (before == week_word) lead.week = true;
      if (before == first_edge) lead.first_edge = true;
      if (before == last_edge) lead.last_edge = true;
      const bool filler = before == span_word || before == of || before == quote || before == bracket ||
                          before == year_word || before == week_word || before == first_edge ||
                          before == last_edge;
      if (filler) continue;
      if (before != from && before != between && before != ending && before != link && before != open_before)
        break;
      if (before != link || !inside) lead.word = before;
      if (at > 0 && role(at - 1) == week_word) lead.week = true;
      break;
    }
    return lead;
  }

  Link link_behind(std::size_t at) const {
    Link found;
    for (;; ++at) {
      const WordRole here = role(at);
      if (here == link || here == dash) {
        found.joins = true;
      } else if (here == and_link) {
        found.joins_between = true;
      } else if (here == ending) {
        found.joins_from = true;
      } else if (here == first_edge) {
        found.first_edge = true;
      } else if (here == last_edge) {
        found.last_edge = true;
      } else if (here != span_word && here != of && here != comma && here != begin_after && here != quote) {
        break;
      }
    }
    found.end = at;
    return found;
  }

  /// "January 5 to March 3, 2024", 2024年1月5日到10日: what one end lacks stands in the other.
  static void complete(DatePoint& first, DatePoint& last) {
    if (first.year == 0) first.year = last.year;
    if (last.year == 0) last.year = first.year;
    if (first.is_day() && first.month == 0) first.month = last.month;
    if (last.is_day() && last.month == 0) last.month = first.month;
  }

  static DateFault point_fault(const DatePoint& found) {
    if (found.ambiguous) return DateFault::ambiguous;
    const auto range = found.range();
    if (!range) return found.year == 0 ? DateFault::no_year : DateFault::no_such_day;
    const bool wrong = found.weekday > 0 && range->first.weekday() != found.weekday;
    return wrong ? DateFault::weekday : DateFault::none;
  }

  DatePhrase range_phrase(const Lead& lead, DatePoint first, const Link& link_found, DatePoint last) const {
    complete(first, last);
    DatePhrase phrase{.range = {}, .begin = first.begin, .end = last.end};
    phrase.fault = point_fault(first);
    if (phrase.fault == DateFault::none) phrase.fault = point_fault(last);
    if (phrase.fault == DateFault::none) {
      const DateRange start = *first.range(), end = *last.range();
      phrase.range = {start.first, end.last};
      if (start.first > end.first || start.last > end.last) phrase.fault = DateFault::reversed;
    }
    if (lead.last_edge || link_found.first_edge) phrase.fault = DateFault::part;
    if (lead.word == open_before || lead.word == link || lead.word == ending) phrase.fault = DateFault::open;
    read_behind(phrase, lead.week);
    return phrase;
  }

  DatePhrase single_phrase(const Lead& lead, const DatePoint& found) const {
    DatePhrase phrase{.range = {}, .fault = point_fault(found), .begin = found.begin, .end = found.end};
    if (phrase.fault == DateFault::none) phrase.range = *found.range();
    if (lead.first_edge || lead.last_edge) phrase.fault = DateFault::part;
    const bool day = found.is_day() && phrase.fault == DateFault::none;
    if (day && lead.week && (lead.word == from || lead.word == ending)) {
      widen_to_week(phrase.range, lead.word == from);
    } else if (day && lead.week && lead.word == word) {
      take_week(phrase);
    } else if (lead.word != word) {
      phrase.fault = DateFault::open;
    } else if (lead.week && phrase.fault == DateFault::none) {
      phrase.fault = DateFault::week;
    }
    const bool starts_week = day && role(phrase.end) == begin_after && role(phrase.end + 1) == week_of;
    if (starts_week) {
      widen_to_week(phrase.range, true);
      phrase.end += 2;
    }
    if (day && !starts_week && role(phrase.end) == week_of) take_week(phrase);
    read_behind(phrase, false);
    return phrase;
  }

  static void widen_to_week(DateRange& day, bool starts) {
    constexpr std::chrono::days kSix{6};
    day = starts ? DateRange{day.first, day.first + kSix} : DateRange{day.first - kSix, day.first};
  }

  /// The week of a day, where the day is its Monday.
  static void take_week(DatePhrase& phrase) {
    if (phrase.range.first.weekday() != 1) phrase.fault = DateFault::week;
    phrase.range = week_of_range(phrase.range.first);
  }
  static DateRange week_of_range(Date date) { return synthv1::week_of(date); }

  /// What follows a phrase: 期间, 这一周, 以前.
  void read_behind(DatePhrase& phrase, bool week) const {
    while (role(phrase.end) == between_end) ++phrase.end;
    if (role(phrase.end) == WordRole::week_of) {
      week = true;
      ++phrase.end;
    }
    if (role(phrase.end) == relative_after) ++phrase.end;
    const WordRole behind = role(phrase.end);
    if (behind == open_after || behind == begin_after) phrase.fault = DateFault::open;
    const bool seven = phrase.range.last - phrase.range.first == std::chrono::days(6);
    if (week && !seven && phrase.fault == DateFault::none) phrase.fault = DateFault::week;
  }

  const std::vector<Token>& tokens_;
  std::string_view text_;
};

}  // namespace

std::vector<DatePhrase> find_dates(const std::vector<Token>& tokens, std::string_view text) {
  return DateFinder(tokens, text).run();
}

}  // namespace synthv1
