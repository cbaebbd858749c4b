// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/question/question.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

/// The check of rewrites (check_rewrite), made once for a catalogue and a language and used for many.
class RewriteCheck {
 public:
  /// `catalogue` must outlive the check.
  RewriteCheck(const Catalogue& catalogue, Language language) : catalogue_(catalogue), language_(language) {}

  /// What is wrong with `rewrite`, one line each, in the language `in`.
  std::vector<std::string> faults(const Question& question, std::string_view rewrite, Language in) const;
  bool passes(const Question& question, std::string_view rewrite) const {
    return faults(question, rewrite, Language::english).empty();
  }

 private:
  const Catalogue& catalogue_;
  Language language_;
};

/// The check for a catalogue: the default one's is made once for the process, any other anew.
std::shared_ptr<const RewriteCheck> rewrite_check(const Catalogue& catalogue, Language language);

/// Whether a scene's name is a word that sentences about spending hold anyway ("other").
bool is_ordinary_word(std::string_view name);

}  // namespace synthv1
