// SPDX-License-Identifier: Apache-2.0
#include "synthv1/paraphrase/rewrite_check.h"

#include "synthv1/base/text.h"
#include "synthv1/ledger/mentions.h"
#include "synthv1/paraphrase/paraphrase.h"

namespace synthv1 {

std::vector<std::string> RewriteCheck::faults(const Question& question, std::string_view rewrite,
                                              Language) const {
  if (rewrite.empty()) return {"it is empty"};
  std::vector<std::string> faults;
  const std::string lower = lower_ascii(rewrite);
  for (const SceneId id : question.spec.scenes) {
    const std::string name = lower_ascii(catalogue_.scene_name(id, language_));
    if (lower.find(name) == std::string::npos) faults.push_back("it does not name the scene '" + name + "'");
  }
  return faults;
}

std::shared_ptr<const RewriteCheck> rewrite_check(const Catalogue& catalogue, Language language) {
  return std::make_shared<const RewriteCheck>(catalogue, language);
}

bool is_ordinary_word(std::string_view name) { return equal_ignoring_case(name, "other"); }

std::vector<std::string> check_rewrite(const Question& question, std::string_view rewrite, Language language,
                                       const Catalogue& catalogue) {
  return rewrite_check(catalogue, language)->faults(question, rewrite, Language::english);
}

}  // namespace synthv1
