// SPDX-License-Identifier: Apache-2.0
#include "synthv1/question/generate.h"

#include "synthv1/question/answer.h"
#include "synthv1/question/candidates.h"
#include "synthv1/question/template.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <unordered_set>

namespace synthv1 {

namespace {

constexpr std::uint64_t kMostCandidates = std::uint64_t{1} << 22;  ///< that are gone through one by one
constexpr std::uint64_t kFewCandidates = 64;
constexpr int kMostMisses = 24;  ///< draws in a row that bring nothing before all candidates are gone through

constexpr std::size_t kMostReserved = 1024;

/// 64 bits of what a spec asks.
std::uint64_t hash_of(const QuestionSpec& spec) {
  std::uint64_t hash = 0;
  const auto add = [&hash](std::uint64_t value) {
    hash = (hash ^ value) * 0x9e3779b97f4a7c15;
    hash ^= hash >> 29;
  };
  const auto add_date = [&](Date date) {
    add(static_cast<std::uint64_t>(date.days().time_since_epoch().count()));
  };
  add(static_cast<std::uint64_t>(spec.select) << 16 | static_cast<std::uint64_t>(spec.by) << 8 |
      static_cast<std::uint64_t>(spec.of));
  add((spec.range ? 2u : 0u) | (spec.date ? 1u : 0u));
  if (spec.range) add_date(spec.range->first);
  if (spec.range) add_date(spec.range->last);
  if (spec.date) add_date(*spec.date);
  add(spec.scenes.size());
  for (const SceneId scene : spec.scenes) add(static_cast<std::uint64_t>(scene));
  for (const PairId pair : spec.subscenes) add(static_cast<std::uint64_t>(pair));
  return hash;
}

/// The questions of one type, as far as they are drawn.
struct TypeState {
  const QuestionType* type = nullptr;
  std::vector<Candidates> sources;  ///< the later ones serve when those before are used up
  std::size_t source = 0;           ///< the one in use; all are used up where there is none
  bool held_zeros = false;          ///< candidates were refused only because their answers are zero
  std::vector<Question> questions;

  bool used_up() const { return source >= sources.size(); }
  std::uint32_t count() const { return static_cast<std::uint32_t>(questions.size()); }
};

/// Draws the questions of one record.
class QuestionDraw {
 public:
  QuestionDraw(const Ledger& ledger, const Catalogue& catalogue, std::span<const Date> session_dates,
               const QuestionOptions& options, RandomStream random);

  GeneratedQuestions run() {
    draw_fixed();
    while (missing() > 0 && draw_even_shares()) {
    }
    return collect();
  }

 private:
  void draw_fixed();
  bool draw_even_shares();
  void fill(TypeState& state, std::uint32_t target);
  void draw_some(TypeState& state, const Candidates& source, std::uint32_t target);
  void go_through(TypeState& state, const Candidates& source, std::uint32_t target);
  bool offer(TypeState& state, QuestionSpec spec);
  bool zero_allowed() const;
  std::uint32_t missing() const { return options_.num_questions - delivered_; }
  GeneratedQuestions collect();

  const Ledger& ledger_;
  const Catalogue& catalogue_;
  const QuestionOptions& options_;
  RandomStream random_;
  RangeChoices ranges_;
  std::vector<TypeState> states_;
  std::unordered_set<std::uint64_t> asked_;   ///< hashes of the specs; a clash only refuses a good candidate
  std::unordered_set<std::uint64_t> worded_;  ///< hashes of the texts
  std::uint32_t delivered_ = 0;
  std::uint32_t capped_ = 0;  ///< delivered of the types with cap_zero
  std::uint32_t zeros_ = 0;   ///< of these, with the answer zero
};

QuestionDraw::QuestionDraw(const Ledger& ledger, const Catalogue& catalogue,
                           std::span<const Date> session_dates, const QuestionOptions& options,
                           RandomStream random)
    : ledger_(ledger), catalogue_(catalogue), options_(options), random_(random), ranges_(session_dates) {
  asked_.reserve(std::min<std::size_t>(options.num_questions, kMostReserved));
  worded_.reserve(std::min<std::size_t>(options.num_questions, kMostReserved));
  for (const QuestionType& type : catalogue.question_types) {
    TypeState& state = states_.emplace_back();
    state.type = &type;
    if (type.range != FilterUse::always && has_template(type, options.language, false)) {
      state.sources.emplace_back(type, catalogue, session_dates, nullptr);
    }
    if (type.range != FilterUse::never && has_template(type, options.language, true)) {
      state.sources.emplace_back(type, catalogue, session_dates, &ranges_);
    }
  }
}

void QuestionDraw::draw_fixed() {
  for (TypeState& state : states_) {
    if (state.type->fixed > 0) fill(state, std::min<std::uint32_t>(state.type->fixed, missing()));
  }
}

/// Spreads what is missing evenly over the types that may have more; false where nothing came of it: no
/// question, and no type found to be used up.
bool QuestionDraw::draw_even_shares() {
  std::vector<TypeState*> open;
  for (TypeState& state : states_) {
    if (state.held_zeros && zero_allowed()) state.source = 0;
    if (state.type->fixed == 0 && !state.used_up()) open.push_back(&state);
  }
  const std::uint32_t before = delivered_;
  const std::uint32_t to_share = missing();
  for (std::size_t i = 0; i < open.size(); ++i) {
    const auto share = to_share / open.size() + (i < to_share % open.size() ? 1 : 0);
    fill(*open[i], open[i]->count() + static_cast<std::uint32_t>(share));
  }
  const bool fewer_open = std::ranges::any_of(open, [](const TypeState* state) { return state->used_up(); });
  return delivered_ > before || fewer_open;
}

/// Draws until the type has `target` questions or is used up.
void QuestionDraw::fill(TypeState& state, std::uint32_t target) {
  for (; !state.used_up() && state.count() < target; ++state.source) {
    if (state.source == 0) state.held_zeros = false;
    state.questions.reserve(std::min<std::size_t>(target, kMostReserved));
    const Candidates& source = state.sources[state.source];
    if (source.size() == 0) continue;
    if (source.ranged() || source.size() > kFewCandidates) draw_some(state, source, target);
    if (state.count() < target) go_through(state, source, target);
    if (state.count() >= target) return;
  }
}

/// Draws at random until there are enough or too many draws in a row brought nothing.
void QuestionDraw::draw_some(TypeState& state, const Candidates& source, std::uint32_t target) {
  for (int misses = 0; misses < kMostMisses && state.count() < target;) {
    misses = offer(state, source.draw(random_)) ? 0 : misses + 1;
  }
}

/// Offers every candidate once, in random order, until there are enough.
void QuestionDraw::go_through(TypeState& state, const Candidates& source, std::uint32_t target) {
  if (source.size() > kMostCandidates) {
    for (std::uint64_t i = 0; i < kMostCandidates && state.count() < target; ++i)
      offer(state, source.draw(random_));
    return;
  }
  std::vector<std::uint32_t> order(source.size());
  std::iota(order.begin(), order.end(), 0);
  for (std::size_t i = 0; i < order.size() && state.count() < target; ++i) {
    std::swap(order[i], order[i + random_.below(order.size() - i)]);
    offer(state, source.at(order[i]));
  }
}

/// One more answer of zero stays within the share when the question that brings it counts, too.
bool QuestionDraw::zero_allowed() const { return zeros_ + 1 <= options_.zero_answers.floor_of(capped_ + 1); }

/// Takes a candidate, unless it was asked, has no one answer or one zero too many.
bool QuestionDraw::offer(TypeState& state, QuestionSpec spec) {
  const std::uint64_t hash = hash_of(spec);
  if (asked_.contains(hash)) return false;
  const auto right = answer(ledger_, spec);
  if (!right) return false;
  const bool capped = state.type->cap_zero;
  const bool zero = capped && is_zero(*right);
  if (zero && !zero_allowed()) {
    state.held_zeros = true;
    return false;
  }
  asked_.insert(hash);
  std::string text = template_text(spec, *state.type, catalogue_, options_.language);
  if (!worded_.insert(std::hash<std::string>{}(text)).second) return false;
  Question& question = state.questions.emplace_back();
  question.category = state.type->name;
  question.query = std::move(text);
  question.answer = format_answer(*right, catalogue_);
  question.evidence = evidence(ledger_, spec);
  question.spec = std::move(spec);
  ++delivered_;
  capped_ += capped ? 1 : 0;
  zeros_ += zero ? 1 : 0;
  return true;
}

/// Zeros come late in a type, when there are enough other questions to carry them; shuffling spreads them.
GeneratedQuestions QuestionDraw::collect() {
  GeneratedQuestions result{.questions = {}, .asked = options_.num_questions};
  result.questions.reserve(delivered_);
  for (TypeState& state : states_) {
    if (state.type->cap_zero) random_.shuffle(std::span(state.questions));
    std::ranges::move(state.questions, std::back_inserter(result.questions));
  }
  return result;
}

}  // namespace

GeneratedQuestions generate_questions(const Ledger& ledger, const Catalogue& catalogue,
                                      std::span<const Date> session_dates, const QuestionOptions& options,
                                      RandomStream random) {
  return QuestionDraw(ledger, catalogue, session_dates, options, random).run();
}

}  // namespace synthv1
