// SPDX-License-Identifier: Apache-2.0
#include "synthv1/paraphrase/rewrite_reading.h"

#include "synthv1/base/find_byte.h"
#include "synthv1/base/text.h"

#include <algorithm>
#include <initializer_list>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::size_t kMaxCharacters = 400;

/// Characters counted, and those of them that are Chinese and Latin (where there is no other than plain
/// ASCII, all count as Latin).
struct Characters {
  std::size_t all = 0, chinese = 0, latin = 0;
  bool odd = false;  ///< control characters, backquotes or invisible characters may stand there
};

Characters count_characters(std::string_view text) {
  Characters counted;
  const auto not_plain = [](Bytes bytes) { return (bytes < 0x20) | (bytes >= 0x7F) | (bytes == '`'); };
  if (find_byte(text, 0, not_plain) == text.size()) {
    counted.all = counted.latin = text.size();
    return counted;
  }
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    counted.all += (byte & 0xC0) != 0x80;
    counted.chinese += byte >= 0xE4 && byte <= 0xE9;
    counted.latin += byte < 0x80 && is_latin(c);
    counted.odd |= byte < 0x20 || byte == 0x7F || byte == '`' || byte == 0xC2 || byte == 0xE2 || byte == 0xEF;
  }
  return counted;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

std::string_view trim_end(std::string_view text) {
  for (bool more = true; more && !text.empty();) {
    more = false;
    for (const std::string_view mark : {" ", "\"", "'", ")", "”", "’", "）", "」", "*"}) {
      if (text.ends_with(mark)) {
        text.remove_suffix(mark.size());
        more = true;
      }
    }
  }
  return text;
}

RewriteFault fault_of(DateFault fault) {
  switch (fault) {
    case DateFault::no_year:
      return RewriteFault::date_no_year;
    case DateFault::no_such_day:
      return RewriteFault::date_impossible;
    case DateFault::open:
      return RewriteFault::date_open;
    case DateFault::reversed:
      return RewriteFault::date_reversed;
    case DateFault::part:
      return RewriteFault::date_part;
    case DateFault::week:
      return RewriteFault::date_week;
    case DateFault::weekday:
      return RewriteFault::date_weekday;
    case DateFault::ambiguous:
      return RewriteFault::date_ambiguous;
    case DateFault::none:
      break;
  }
  return RewriteFault::date_changed;
}

std::optional<DateRange> wanted_dates(const QuestionSpec& spec) {
  if (spec.range) return spec.range;
  if (spec.date) return DateRange{*spec.date, *spec.date};
  return std::nullopt;
}

std::string format_range(DateRange range, Language language) {
  if (range.first == range.last) return format_date(range.first);
  const std::string_view to = language == Language::chinese ? "到" : " to ";
  return format_date(range.first).append(to).append(format_date(range.last));
}

}  // namespace

RewriteReading::RewriteReading(const RewriteCheck& check, const ThingAsked* thing, const Question& question,
                               std::string_view text, Language in)
    : check_(check), thing_(thing), question_(question), text_(text), in_(in) {}

std::vector<std::string> RewriteReading::faults() {
  if (!check_form()) return std::move(faults_);
  tokens_ = tokenize(text_, check_.lexicon());
  for (const Token& token : tokens_) features_ |= token.features;
  dates_ = find_dates(tokens_, text_);
  check_dates();
  check_strays();
  check_scenes();
  check_thing();
  check_ending();
  return std::move(faults_);
}

void RewriteReading::add(RewriteFault fault, std::string_view text, std::string_view want) {
  faults_.push_back(describe(fault, text, want, in_));
}

std::string_view RewriteReading::text_of(std::size_t begin, std::size_t end) const {
  return text_.substr(tokens_[begin].offset, tokens_[end - 1].end() - tokens_[begin].offset);
}

std::string RewriteReading::scene_name(SceneId id) const {
  return std::string(check_.catalogue().scene_name(id, check_.language()));
}

bool RewriteReading::check_form() {
  const Characters counted = count_characters(text_);
  const bool chinese = check_.language() == Language::chinese;
  if (std::all_of(text_.begin(), text_.end(), is_space)) {
    add(RewriteFault::empty);
  } else if (!valid_utf8(text_)) {
    add(RewriteFault::not_text);
  } else if (counted.odd && !check_odd_characters()) {
    return false;
  } else if (counted.all > kMaxCharacters) {
    add(RewriteFault::too_long, {}, fmt::format("{}", kMaxCharacters));
  } else if (chinese ? counted.chinese == 0 : 4 * counted.chinese > counted.latin) {
    const bool told_in_chinese = in_ == Language::chinese;
    const std::string_view name = chinese ? "Chinese" : "English";
    const std::string_view chinese_name = chinese ? "中文" : "英文";
    add(RewriteFault::other_language, {}, told_in_chinese ? chinese_name : name);
  }
  return faults_.empty();
}

/// Line breaks, control characters, fences and characters that nobody sees.
bool RewriteReading::check_odd_characters() {
  const auto has_any = [&](std::initializer_list<std::string_view> marks) {
    return std::any_of(marks.begin(), marks.end(),
                       [&](std::string_view mark) { return text_.find(mark) != std::string_view::npos; });
  };
  if (has_any({"\n", "\r", "\u0085", "\u2028", "\u2029"})) {
    add(RewriteFault::several_lines);
  } else if (std::any_of(text_.begin(), text_.end(), is_control) || has_any({"```", "\ufeff", "\u200b"})) {
    add(RewriteFault::not_text);
  }
  return faults_.empty();
}

void RewriteReading::check_ending() {
  const auto questions = std::count_if(tokens_.begin(), tokens_.end(), [](const Token& token) {
    return token.role == WordRole::question_mark;
  });
  const auto amounts = std::count_if(tokens_.begin(), tokens_.end(),
                                     [](const Token& token) { return (token.features & kHowMuch) != 0; });
  if (questions > 1 || amounts > 1) add(RewriteFault::several_questions);
  const std::string_view end = trim_end(text_);
  if (end.ends_with('?') || end.ends_with("？")) return;
  const bool asks =
      (features_ & (kRequest | kHowMuch | kHowMany | kWhich | kWhichDate | kWhichScene | kWhat)) != 0;
  const bool cut = tokens_.back().role == WordRole::comma || tokens_.back().role == WordRole::dash ||
                   end.ends_with(':') || end.ends_with("：") || end.ends_with("…") || end.ends_with("...") ||
                   end.ends_with("、");
  if (!asks || cut) add(RewriteFault::no_question);
}

void RewriteReading::check_dates() {
  const auto want = wanted_dates(question_.spec);
  if (want && dates_.empty()) add(RewriteFault::date_missing, {}, format_range(*want, in_));
  for (const DatePhrase& phrase : dates_) compare_date(phrase);
}

void RewriteReading::compare_date(const DatePhrase& phrase) {
  const auto want = wanted_dates(question_.spec);
  const std::string_view text = text_of(phrase.begin, phrase.end);
  if (!want) return add(RewriteFault::date_added, text);
  if (phrase.fault != DateFault::none) return add(fault_of(phrase.fault), text);
  if (phrase.range != *want) add(RewriteFault::date_changed, text, format_range(*want, in_));
}

void RewriteReading::check_strays() {
  auto phrase = dates_.begin();
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    while (phrase != dates_.end() && phrase->end <= i) ++phrase;
    if (phrase != dates_.end() && phrase->begin <= i) continue;
    check_stray(i);
  }
}

bool RewriteReading::takes_superlative() const {
  const Select select = question_.spec.select;
  return select == Select::argmax || select == Select::max || select == Select::min;
}

void RewriteReading::check_stray(std::size_t i) {
  const std::string_view text = text_of(i, i + 1);
  const bool dated = wanted_dates(question_.spec).has_value();
  switch (tokens_[i].role) {
    case WordRole::number: {
      const std::string_view rest = text_.substr(tokens_[i].offset);
      const bool leaks = !question_.answer.empty() && rest.starts_with(question_.answer);
      return add(leaks ? RewriteFault::leak : RewriteFault::number,
                 leaks ? std::string_view(question_.answer) : text);
    }
    case WordRole::ordinal:
    case WordRole::count_word:
      return add(RewriteFault::number, text);
    case WordRole::quarter:
    case WordRole::half:
      return add(RewriteFault::date_no_year, text);
    case WordRole::part:
    case WordRole::half_word:
      return add(RewriteFault::date_part, text);
    case WordRole::relative:
    case WordRole::week_of:
      return add(RewriteFault::relative, text);
    case WordRole::relative_after:
      if (dates_.empty()) add(RewriteFault::relative, text);
      return;
    case WordRole::to_date:
      if (dated) add(RewriteFault::condition, text);
      return;
    case WordRole::filter:
    case WordRole::weekday:
      return add(RewriteFault::condition, text);
    case WordRole::widen:
      if (!takes_superlative()) add(RewriteFault::condition, text);
      return;
    case WordRole::currency:
      return add(RewriteFault::currency, text);
    case WordRole::word:
      check_strange_name(i);
      return check_list_item(i);
    default:
      return;
  }
}

/// An unknown word with a capital letter inside a sentence: a shop, a person.
void RewriteReading::check_strange_name(std::size_t i) {
  const Token& token = tokens_[i];
  const char first = text_[token.offset];
  if (check_.language() != Language::english || token.features != 0 || i == 0) return;
  if (first < 'A' || first > 'Z' || token.length < 2) return;
  const WordRole before = tokens_[i - 1].role;
  if (before == WordRole::stop || before == WordRole::question_mark || before == WordRole::quote) return;
  const std::string_view text = text_of(i, i + 1);
  if (vocabulary().find(text, first_unit(text)).entry == nullptr) add(RewriteFault::strange_name, text);
}

/// An unknown word in a list with scenes: "dining and gifts".
void RewriteReading::check_list_item(std::size_t i) {
  const auto role = [&](std::size_t at) { return at < tokens_.size() ? tokens_[at].role : WordRole::word; };
  if ((i < 2 || role(i - 2) != WordRole::name) && role(i + 2) != WordRole::name) return;
  const auto joins = [&](std::size_t at) {
    if (at >= tokens_.size()) return false;
    const std::string_view text = text_of(at, at + 1);
    return role(at) == WordRole::and_link || text == "、" || text == "&" || text == "/" ||
           equal_ignoring_case(text, "plus");
  };
  const bool separated = joins(i + 1) || role(i + 1) == WordRole::comma;
  const bool after = i >= 2 && role(i - 2) == WordRole::name &&
                     (joins(i - 1) || (role(i - 1) == WordRole::comma && separated));
  const bool before = joins(i + 1) && role(i + 2) == WordRole::name;
  if ((!after && !before) || tokens_[i].features != 0) return;
  const std::string_view text = text_of(i, i + 1);
  if (joins(i) || vocabulary().find(text, first_unit(text)).length == text.size()) return;
  add(RewriteFault::strange_name, text);
}

void RewriteReading::check_scenes() {
  const QuestionSpec& spec = question_.spec;
  std::vector<bool> scenes(spec.scenes.size()), subscenes(spec.subscenes.size());
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    if (tokens_[i].role == WordRole::name || tokens_[i].role == WordRole::other_scenes)
      check_name(i, scenes, subscenes);
  }
  for (std::size_t i = 0; i < scenes.size(); ++i) {
    if (!scenes[i]) add(RewriteFault::scene_missing, {}, scene_name(spec.scenes[i]));
  }
  for (std::size_t i = 0; i < subscenes.size(); ++i) {
    if (subscenes[i]) continue;
    add(RewriteFault::subscene_missing, {},
        check_.catalogue().pair_name(spec.subscenes[i], check_.language()));
  }
}

void RewriteReading::check_name(std::size_t i, std::vector<bool>& scenes, std::vector<bool>& subscenes) {
  const QuestionSpec& spec = question_.spec;
  const std::string_view text = text_of(i, i + 1);
  const auto place = [](const auto& list, auto id) {
    return static_cast<std::size_t>(std::find(list.begin(), list.end(), id) - list.begin());
  };
  if (tokens_[i].role == WordRole::other_scenes) {
    const bool alone = spec.scenes.size() == 1 && spec.scenes[0] == check_.other();
    if (alone) scenes[0] = true;
    if (!alone && !takes_superlative()) add(RewriteFault::condition, text);
    return;
  }
  const SceneName& name = check_.name(tokens_[i].value);
  for (const PairId pair : name.pairs) {
    const std::size_t at = place(spec.subscenes, pair);
    if (at < subscenes.size()) return void(subscenes[at] = true);
  }
  if (!name.scene)
    return add(RewriteFault::subscene_added, text,
               check_.catalogue().pair_name(name.pairs[0], check_.language()));
  const bool follows =
      i > 0 && tokens_[i - 1].role == WordRole::name && check_.language() == Language::english;
  const std::optional<SceneId> before = follows ? check_.name(tokens_[i - 1].value).scene : std::nullopt;
  const std::size_t at = place(spec.scenes, *name.scene);
  if (at == scenes.size()) {
    const bool head = before && !name.identifier;  // "medical bills"
    const bool parent = std::any_of(spec.subscenes.begin(), spec.subscenes.end(), [&](PairId pair) {
      return check_.catalogue().pair(pair).scene == *name.scene;
    });
    if (!head && !parent) add(RewriteFault::scene_added, text, scene_name(*name.scene));
    return;
  }
  if (before && *before != *name.scene) add(RewriteFault::scenes_run_together, text_of(i - 1, i + 1));
  scenes[at] = true;
}

void RewriteReading::check_thing() {
  if (thing_ == nullptr) return;
  const std::string_view says = in_ == Language::chinese ? thing_->says_chinese : thing_->says_english;
  const bool asks = thing_->asks.empty() || holds_one(lower_ascii(text_), thing_->asks);
  const bool said = std::all_of(thing_->wanted.begin(), thing_->wanted.end(),
                                [&](std::uint32_t mask) { return (features_ & mask) != 0; });
  if (!asks || !said) add(RewriteFault::thing_missing, {}, says);
  if ((features_ & thing_->refused) != 0) {
    const auto token = std::find_if(tokens_.begin(), tokens_.end(),
                                    [&](const Token& t) { return (t.features & thing_->refused) != 0; });
    const auto at = static_cast<std::size_t>(token - tokens_.begin());
    add(RewriteFault::thing_changed, text_of(at, at + 1), says);
  }
}

}  // namespace synthv1
