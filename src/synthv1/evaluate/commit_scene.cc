// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/text.h"
#include "synthv1/evaluate/commitment.h"
#include "synthv1/evaluate/hedges.h"
#include "synthv1/evaluate/scenes_in_answer.h"
#include "synthv1/evaluate/stance.h"

#include <algorithm>

namespace synthv1 {

namespace {

/// What makes of the scenes behind it ones that are only compared with.
const PhraseSet& comparisons() {
  static const PhraseSet phrases = {"ahead of",  "compared to", "compared with", "than",    "higher than",
                                    "exceeding", "surpassing",  "over",          "beating", "above",
                                    "比",        "高于",        "超过",          "大于",    "多于",
                                    "领先",      "领先于"};
  return phrases;
}

const PhraseSet& seconds() {
  static const PhraseSet phrases = {"followed by", "the second", "second", "next",
                                    "其次",        "其后",       "第二",   "接着"};
  return phrases;
}

/// What announces the one that is meant.
const PhraseSet& superlatives() {
  static const PhraseSet phrases = {"highest", "largest", "most", "biggest", "greatest",
                                    "top",     "最高",    "最多", "最大"};
  return phrases;
}

const PhraseSet& joints() {
  static const PhraseSet phrases = {",", "and", ", and", "&", "和", "与", "及", "以及"};
  return phrases;
}

class SceneResolver {
 public:
  SceneResolver(const AnswerText& answer, const Catalogue& catalogue)
      : text_(answer.lower), catalogue_(catalogue), scenes_(scenes_in_answer(answer, catalogue)) {}

  Commitment resolve() {
    const Stance stance = stance_of(text_);
    if (stance.unsure) return {.reason = ScoreReason::abstained, .value = {}, .amount = {}};
    drop_compared();
    drop_weak();
    if (scenes_.empty()) {
      return {.reason = stance.absent ? ScoreReason::abstained : ScoreReason::nothing_found,
              .value = {},
              .amount = {},
              .declined = stance.declined};
    }
    return commit();
  }

 private:
  std::string_view gap(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : scenes_[i - 1].span.end;
    return text_.substr(begin, scenes_[i].span.begin - begin);
  }

  static std::string_view sentence(std::string_view gap) {
    const std::size_t stop = gap.find_last_of(";\n");
    const std::size_t point = gap.rfind(". ");
    std::size_t begin = stop == std::string_view::npos ? 0 : stop + 1;
    if (point != std::string_view::npos) begin = std::max(begin, point + 1);
    return gap.substr(begin);
  }

  /// Takes out what the answer is said to exceed, what comes next, and what it is not.
  void drop_compared() {
    std::vector<SceneInAnswer> kept;
    bool compared = false, second = false;
    for (std::size_t i = 0; i < scenes_.size(); ++i) {
      const std::string_view whole = gap(i);
      const std::string_view near = sentence(whole);
      const std::string_view joint = trim(whole);
      compared = compared && joints().match_at(joint, 0) == joint.size() && !joint.empty();
      compared = compared || ends_with_comparison(near);
      second = (second && near.size() == whole.size()) || (i > 0 && seconds().in(near));
      const bool denied = certainty_of(text_, scenes_[i].span) == Certainty::denied;
      if (!compared && !second && !denied) kept.push_back(scenes_[i]);
    }
    scenes_ = std::move(kept);
  }

  static bool ends_with_comparison(std::string_view text) {
    std::string_view before = trim(text);
    for (const std::string_view filler : {"the", "category", "on", "in"}) {
      if (before.ends_with(filler)) before = trim(before.substr(0, before.size() - filler.size()));
    }
    return comparisons().match_end(before) > 0;
  }

  /// "fun" or "other" in passing count only where no scene is named.
  void drop_weak() {
    const auto weak = [](const SceneInAnswer& scene) { return scene.weak; };
    if (!std::ranges::all_of(scenes_, weak)) std::erase_if(scenes_, weak);
  }

  std::vector<SceneId> ids(std::size_t from) const {
    std::vector<SceneId> found;
    for (std::size_t i = from; i < scenes_.size(); ++i) found.push_back(scenes_[i].scene);
    std::ranges::sort(found);
    const auto rest = std::ranges::unique(found);
    found.erase(rest.begin(), rest.end());
    return found;
  }

  Commitment commit() const {
    std::size_t from = 0;
    if (ids(0).size() > 2) from = conclusion();
    const std::vector<SceneId> found = ids(from);
    Commitment commitment{.reason = ScoreReason::equal,
                          .value = {},
                          .amount = {},
                          .span = {.begin = scenes_[from].span.begin, .end = scenes_.back().span.end}};
    if (is_hedged(from)) {
      commitment.reason = ScoreReason::hedged;
      return commitment;
    }
    for (const SceneId id : found) {
      if (!commitment.value.empty()) commitment.value += ", ";
      commitment.value += catalogue_.scene(id).name;
    }
    return commitment;
  }

  /// Where a list of several ends in "the highest is ..." and one scene: the place of that one; else 0.
  std::size_t conclusion() const {
    const std::size_t last = scenes_.size() - 1;
    std::size_t from = last;
    while (from > 0 && scenes_[from - 1].scene == scenes_[last].scene) --from;
    return superlatives().in(sentence(gap(from))) ? from : 0;
  }

  bool is_hedged(std::size_t from) const {
    for (std::size_t i = from; i < scenes_.size(); ++i) {
      if (certainty_of(text_, scenes_[i].span) != Certainty::sure) return true;
      if (i > from && scenes_[i].scene != scenes_[i - 1].scene && makes_scene_choice(gap(i))) return true;
    }
    return false;
  }

  /// As makes_choice; "Dining/Shopping" and "Dining - Shopping" are lists.
  static bool makes_scene_choice(std::string_view gap) {
    const std::string_view link = trim(gap);
    return link != "/" && link != "-" && makes_choice(gap);
  }

  std::string_view text_;
  const Catalogue& catalogue_;
  std::vector<SceneInAnswer> scenes_;
};

}  // namespace

Commitment commit_scene(const AnswerText& answer, const Catalogue& catalogue) {
  return SceneResolver(answer, catalogue).resolve();
}

}  // namespace synthv1
