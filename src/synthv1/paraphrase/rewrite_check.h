// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/paraphrase/lexicon.h"
#include "synthv1/paraphrase/thing_asked.h"
#include "synthv1/question/question.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

/// A name that texts may hold: of a scene, of a subscene, or of both.
struct SceneName {
  std::optional<SceneId> scene;
  std::vector<PairId> pairs;
  bool identifier = false;  ///< the scene's own name, not an alias
};

/// The check of rewrites (check_rewrite), made once for a catalogue and a language and used for many. About 1
/// µs a rewrite.
class RewriteCheck {
 public:
  /// `catalogue` must outlive the check.
  RewriteCheck(const Catalogue& catalogue, Language language);

  /// What is wrong with `rewrite`, one line each, in the language `in`.
  std::vector<std::string> faults(const Question& question, std::string_view rewrite, Language in) const;
  bool passes(const Question& question, std::string_view rewrite) const {
    return faults(question, rewrite, Language::english).empty();
  }

  const Catalogue& catalogue() const { return catalogue_; }
  Language language() const { return language_; }
  const Lexicon& lexicon() const { return lexicon_; }
  const SceneName& name(std::size_t index) const { return names_[index]; }
  /// The scene that is called "other", which the words 其他类别 may mean.
  std::optional<SceneId> other() const { return other_; }

 private:
  const ThingAsked* thing(std::string_view category) const;

  const Catalogue& catalogue_;
  Language language_;
  std::vector<SceneName> names_;
  Lexicon lexicon_;
  std::optional<SceneId> other_;
  std::vector<ThingAsked> things_;  ///< by question type
};

/// The check for a catalogue: the default one's is made once for the process, any other anew.
std::shared_ptr<const RewriteCheck> rewrite_check(const Catalogue& catalogue, Language language);

/// Whether a scene's name is a word that sentences about spending hold anyway ("other").
bool is_ordinary_word(std::string_view name);

}  // namespace synthv1
