// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/wording_checks.h"

#include "synthv1/paraphrase/rewrite_check.h"

#include <array>

namespace synthv1 {

struct WordingChecks::Checks {
  std::shared_ptr<const Catalogue> catalogue;
  std::array<std::shared_ptr<const RewriteCheck>, 2> by_language;
};

WordingChecks::WordingChecks() : checks_(std::make_unique<Checks>()) {}
WordingChecks::WordingChecks(WordingChecks&&) noexcept = default;
WordingChecks& WordingChecks::operator=(WordingChecks&&) noexcept = default;
WordingChecks::~WordingChecks() = default;

void WordingChecks::use(std::shared_ptr<const Catalogue> catalogue) {
  if (checks_->catalogue == catalogue) return;
  checks_->by_language = {};
  checks_->catalogue = std::move(catalogue);
}

std::vector<std::string> WordingChecks::faults(const Question& question, std::string_view wording,
                                               Language language) {
  auto& check = checks_->by_language[static_cast<std::size_t>(language)];
  if (!check) check = rewrite_check(*checks_->catalogue, language);
  return check->faults(question, wording, Language::english);
}

}  // namespace synthv1
