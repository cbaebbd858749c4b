// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/question/question.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

/// The check of rewrites (paraphrase/paraphrase.h) for record after record: made once for as long as the
/// catalogue stays the same. Not thread-safe.
class WordingChecks {
 public:
  WordingChecks();
  WordingChecks(WordingChecks&&) noexcept;
  WordingChecks& operator=(WordingChecks&&) noexcept;
  ~WordingChecks();

  /// The catalogue that questions are of from here on.
  void use(std::shared_ptr<const Catalogue> catalogue);
  /// What makes `wording` ask something other than `question`, a line each, in English.
  std::vector<std::string> faults(const Question& question, std::string_view wording, Language language);

 private:
  struct Checks;
  std::unique_ptr<Checks> checks_;
};

}  // namespace synthv1
