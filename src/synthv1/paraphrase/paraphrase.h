// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/random.h"
#include "synthv1/question/question.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

/// What makes `rewrite` ask something other than `question` does (a date, a scene or the thing asked is lost,
/// changed or added) or otherwise unfit (empty, more than one line, a leaked answer). Empty: it may stand.
/// Each fault is one line in English.
std::vector<std::string> check_rewrite(const Question& question, std::string_view rewrite, Language language,
                                       const Catalogue& catalogue);

/// Rewords questions with the catalogue's own wordings; every rewording passes check_rewrite, and no two
/// questions of the record get the same text. A question that no wording fits keeps its template.
void reword_embedded(std::span<Question> questions, Language language, const Catalogue& catalogue,
                     RandomStream random);

}  // namespace synthv1
