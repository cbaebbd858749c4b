// SPDX-License-Identifier: Apache-2.0
#include "synthv1/evaluate/score.h"

#include "synthv1/base/text.h"
#include "synthv1/evaluate/answer_text.h"
#include "synthv1/evaluate/commitment.h"
#include "synthv1/evaluate/final_region.h"
#include "synthv1/evaluate/hedges.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace synthv1 {

namespace {

constexpr std::size_t kExtractedLength = 120;
constexpr std::size_t kContext = 64;  ///< bytes beside a region that may hedge it

const Catalogue& catalogue_of(const DueAnswer& due) {
  return due.catalogue != nullptr ? *due.catalogue : default_catalogue();
}

Commitment commit(const AnswerText& answer, const DueAnswer& due, const ScoreOptions& options) {
  switch (due.form) {
    case AnswerForm::money:
      return commit_money(answer, options);
    case AnswerForm::count:
      return commit_count(answer);
    case AnswerForm::scene:
      return commit_scene(answer, catalogue_of(due));
    case AnswerForm::date:
      return commit_date(answer, due.text);
    case AnswerForm::month:
      return commit_month(answer, due.text);
  }
  return {};
}

/// What a reply commits to, where, and the text that the commitment's span is of.
struct Reading {
  Commitment commitment;
  AnswerRegion region = AnswerRegion::whole;
  std::string shown;
};

class Reader {
 public:
  Reader(std::string_view reply, const DueAnswer& due, const ScoreOptions& options)
      : reply_(reply), due_(due), options_(options), regions_(final_regions(reply)) {}

  Reading read() const {
    if (regions_.empty()) return read_text(reply_, AnswerRegion::whole);
    const std::size_t chosen = choose();
    Reading reading = read_region(chosen);
    if (reading.commitment.reason == ScoreReason::nothing_found)
      return read_text(reply_, AnswerRegion::whole);
    if (reading.commitment.committed() && is_contradicted(chosen, reading.commitment)) {
      reading.commitment.reason = ScoreReason::multiple;
      reading.commitment.amount.reset();
    }
    return reading;
  }

 private:
  Reading read_text(std::string_view text, AnswerRegion region) const {
    AnswerText folded = fold_answer(text);
    Commitment commitment = commit(folded, due_, options_);
    return {.commitment = std::move(commitment), .region = region, .shown = std::move(folded.shown)};
  }

  /// The last region of the strongest kind.
  std::size_t choose() const {
    std::size_t chosen = 0;
    for (std::size_t i = 1; i < regions_.size(); ++i) {
      if (regions_[i].kind >= regions_[chosen].kind) chosen = i;
    }
    return chosen;
  }

  Reading read_region(std::size_t i) const {
    Reading reading = read_text(regions_[i].text, regions_[i].kind);
    if (reading.commitment.committed()) hedge_from_outside(regions_[i], reading.commitment);
    return reading;
  }

  /// "maybe \boxed{60}", "\boxed{60} or 75"
  void hedge_from_outside(const FinalRegion& region, Commitment& commitment) const {
    const std::size_t before = std::min(region.span.begin, kContext);
    const AnswerText lead = fold_answer(without_command(reply_.substr(region.span.begin - before, before)));
    Certainty certainty = certainty_before(lead.lower);
    if (certainty == Certainty::sure && region.span.end < reply_.size()) {
      std::string_view after = reply_.substr(region.span.end, kContext);
      const std::size_t close = after.find_first_of("}>\"'");
      if (region.kind != AnswerRegion::marker && close != std::string_view::npos)
        after.remove_prefix(close + 1);
      certainty = certainty_of(fold_answer(after).lower, {});
    }
    if (certainty == Certainty::sure) return;
    commitment.reason = ScoreReason::hedged;
    if (certainty != Certainty::rough) commitment.amount.reset();
  }

  /// The text before a box or tag, without what opens it.
  static std::string_view without_command(std::string_view text) {
    for (const std::string_view opening : {"\\boxed{", "\\fbox{", "<answer>"}) {
      if (text.ends_with(opening)) return text.substr(0, text.size() - opening.size());
    }
    return text;
  }

  /// Whether another region, or what stands behind the last, commits to something else.
  bool is_contradicted(std::size_t chosen, const Commitment& commitment) const {
    const auto differs = [&](const Commitment& other) {
      return other.committed() && (other.value != commitment.value || other.exact != commitment.exact);
    };
    for (std::size_t i = 0; i < regions_.size(); ++i) {
      if (i != chosen && differs(read_text(regions_[i].text, regions_[i].kind).commitment)) return true;
    }
    const std::size_t end = regions_.back().span.end;
    return end < reply_.size() && differs(read_text(reply_.substr(end), AnswerRegion::whole).commitment);
  }

  std::string_view reply_;
  const DueAnswer& due_;
  const ScoreOptions& options_;
  std::vector<FinalRegion> regions_;
};

/// The scenes of a stored answer in the catalogue's order, as commit_scene names them; empty, which nothing
/// equals, where the catalogue does not know one.
std::string ordered_scenes(std::string_view text, const Catalogue& catalogue) {
  std::vector<SceneId> ids;
  for (const std::string_view name : split(text, ',')) {
    const auto id = catalogue.find_scene(trim(name));
    if (!id) return {};
    ids.push_back(*id);
  }
  std::ranges::sort(ids);
  std::string ordered;
  for (const SceneId id : ids) ordered.append(ordered.empty() ? "" : ", ").append(catalogue.scene(id).name);
  return ordered;
}

/// The harmonic mean of precision and recall of the scenes `given` against those `due`, both with commas.
double f1_of(std::string_view given, std::string_view due) {
  const auto named = split(given, ','), wanted = split(due, ',');
  const auto is_due = [&](std::string_view name) {
    return std::ranges::any_of(wanted, [&](std::string_view other) { return trim(other) == trim(name); });
  };
  const auto common = static_cast<double>(std::ranges::count_if(named, is_due));
  return 2 * common / static_cast<double>(named.size() + wanted.size());
}

bool near_enough(Money given, Money due, const ScoreOptions& options) {
  std::int64_t off = 0;
  if (__builtin_sub_overflow(given.minor(), due.minor(), &off)) return false;
  const double distance = std::abs(static_cast<double>(off));
  const double share = static_cast<double>(options.tolerance_permille) / 1000;
  return distance <= static_cast<double>(options.tolerance.minor()) ||
         distance <= share * std::abs(static_cast<double>(due.minor()));
}

void compare_money(const Commitment& given, const DueAnswer& due, const ScoreOptions& options, Score& score) {
  const Result<Money> money = Money::parse(due.text);
  if (!money || !given.amount) return;
  score.correct = given.committed() && given.exact && *given.amount == *money;
  const bool counts = given.committed() || given.reason == ScoreReason::hedged;
  score.tolerant = score.correct || (counts && near_enough(*given.amount, *money, options));
}

void compare(const Commitment& given, const DueAnswer& due, const ScoreOptions& options, Score& score) {
  if (due.form == AnswerForm::money) return compare_money(given, due, options, score);
  const std::string wanted =
      due.form == AnswerForm::scene ? ordered_scenes(due.text, catalogue_of(due)) : due.text;
  score.correct = given.committed() && given.exact && !wanted.empty() && given.value == wanted;
  score.tolerant = score.correct;
  if (due.form == AnswerForm::scene && given.committed() && !given.value.empty() && !wanted.empty())
    score.f1 = f1_of(given.value, wanted);
}

/// More scenes than are due were named.
bool names_too_many(const Commitment& given, const DueAnswer& due) {
  return due.form == AnswerForm::scene &&
         std::ranges::count(given.value, ',') > std::ranges::count(due.text, ',');
}

ScoreReason reason_of(const Commitment& given, const DueAnswer& due, bool correct) {
  if (!given.committed() || correct) return given.reason;
  return names_too_many(given, due) ? ScoreReason::multiple : ScoreReason::different;
}

}  // namespace

Score score_answer(std::string_view raw, AnswerStatus status, const DueAnswer& due,
                   const ScoreOptions& options) {
  const auto unanswered = [](AnswerStatus became) {
    Score score;
    score.status = became;
    score.reason = ScoreReason::not_answered;
    return score;
  };
  if (status != AnswerStatus::ok) return unanswered(status);
  const SpokenText spoken = without_thinking(raw);
  if (spoken.cut) return unanswered(AnswerStatus::truncated);
  if (trim(spoken.text).empty()) return unanswered(AnswerStatus::empty);
  const Reading reading = Reader(spoken.text, due, options).read();
  if (reading.commitment.declined) return unanswered(AnswerStatus::refused);
  Score score{.region = reading.region, .value = reading.commitment.value};
  score.extracted = one_line(reading.commitment.span.of(reading.shown), kExtractedLength);
  compare(reading.commitment, due, options, score);
  if (score.correct) score.f1 = 1;
  score.reason = reason_of(reading.commitment, due, score.correct);
  return score;
}

std::optional<double> relative_error(const Score& score, const DueAnswer& due) {
  if (due.form != AnswerForm::money || score.reason != ScoreReason::different) return std::nullopt;
  const auto given = Money::parse(score.value);
  const auto wanted = Money::parse(due.text);
  if (!given || !wanted || wanted->minor() == 0) return std::nullopt;
  return std::abs(static_cast<double>(given->minor()) - static_cast<double>(wanted->minor())) /
         std::abs(static_cast<double>(wanted->minor()));
}

double reward(std::string_view solution, std::string_view ground_truth, const ScoreOptions& options) {
  const DueAnswer due{.text = std::string(trim(ground_truth)), .form = form_of(trim(ground_truth))};
  return score_answer(solution, AnswerStatus::ok, due, options).correct ? 1 : 0;
}

}  // namespace synthv1
