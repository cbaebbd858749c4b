// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/validate_questions.h"

#include "synthv1/base/text.h"
#include "synthv1/dataset/answer_form.h"
#include "synthv1/dataset/spec_fits.h"
#include "synthv1/question/template.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

namespace synthv1 {

namespace {

class QuestionsCheck {
 public:
  QuestionsCheck(const StoredRecord& record, const QuestionGround& ground, FaultSink& faults)
      : record_(record), ground_(ground), catalogue_(*record.catalogue), faults_(faults) {}

  void run() {
    for (index_ = 0; index_ < record_.questions.size(); ++index_) check(record_.questions[index_]);
  }

 private:
  void tell(FaultKind kind, std::string_view field, std::string_view reason) {
    faults_.fault({kind, fmt::format("questions[{}].{}", index_, field), one_line(reason, 400)});
  }

  void check(const StoredQuestion& question) {
    check_qid(question);
    const bool placed = check_position(question);
    check_twice(question);
    const QuestionType* type = check_category(question);
    check_wordings(question, type);
    if (!question.spec) return;
    if (question.answer) check_form(*question.spec, *question.answer);
    if (!placed || ground_.answers == nullptr) return;
    const SqlAnswer right = ground_.answers->answer(*question.spec, *question.position);
    if (question.answer) check_answer(question, right);
    if (question.evidence) check_evidence(*question.evidence, right.evidence);
  }

  void check_qid(const StoredQuestion& question) {
    if (!question.qid || !record_.id) return;
    const std::string own = fmt::format("synth_{}_{}", *record_.id, index_);
    if (*question.qid != own) {
      tell(FaultKind::identifier, "qid", fmt::format("'{}', not '{}'", one_line(*question.qid, 60), own));
    }
  }

  bool check_position(const StoredQuestion& question) {
    if (!question.position) return false;
    if (*question.position < record_.chunks.size()) return true;
    tell(FaultKind::index, "position",
         fmt::format("{}, but there are {} chunks", *question.position, record_.chunks.size()));
    return false;
  }

  void check_twice(const StoredQuestion& question) {
    if (question.query) {
      const auto [same, fresh] = queries_.try_emplace(*question.query, index_);
      if (!fresh) tell(FaultKind::duplicate, "query", fmt::format("the text of questions[{}]", same->second));
    }
    if (!question.spec || !question.position) return;
    const auto [same, fresh] = asked_.try_emplace({&*question.spec, *question.position}, index_);
    if (!fresh) tell(FaultKind::duplicate, "spec", fmt::format("questions[{}] asks the same", same->second));
  }

  /// The question's type, where it is known and fits the spec.
  const QuestionType* check_category(const StoredQuestion& question) {
    if (!question.category) return nullptr;
    const auto& types = catalogue_.question_types;
    const auto type = std::ranges::find(types, *question.category, &QuestionType::name);
    if (type == types.end()) {
      if (ground_.wordings_known) {
        tell(FaultKind::unknown, "category",
             fmt::format("the catalogue has no question type '{}'", one_line(*question.category, 40)));
      }
      return nullptr;
    }
    if (!question.spec) return nullptr;
    const std::string misfit = spec_misfit(*question.spec, *type);
    if (misfit.empty()) return &*type;
    tell(FaultKind::category, "spec", fmt::format("{} {}", type->name, misfit));
    return nullptr;
  }

  void check_wordings(const StoredQuestion& question, const QuestionType* type) {
    const std::optional<Language> language = record_.metadata.language;
    if (!question.spec || !question.query || !language) return;
    if (type == nullptr && ground_.wordings_known) return;
    const bool reworded = question.template_query.has_value();
    const std::string& stated = reworded ? *question.template_query : *question.query;
    const std::string made =
        type == nullptr ? stated : template_text(*question.spec, *type, catalogue_, *language);
    if (type == nullptr || (made != stated && !ground_.wordings_known)) {
      check_meaning(question, reworded ? "template" : "query", stated, stated);
    } else if (made != stated) {
      tell(FaultKind::template_text, reworded ? "template" : "query",
           fmt::format("it is to be '{}'{}", made, reworded ? "" : ", or to be kept as `template`"));
    }
    if (reworded) check_meaning(question, "query", made, *question.query);
  }

  /// Holds a wording against the spec by the check of rewrites.
  void check_meaning(const StoredQuestion& stored, std::string_view field, const std::string& asked,
                     const std::string& wording) {
    const Question question{.category = stored.category.value_or(""),
                            .query = asked,
                            .template_query = {},
                            .answer = stored.answer.value_or(""),
                            .position = stored.position.value_or(0),
                            .spec = *stored.spec,
                            .evidence = {}};
    const auto found = ground_.wordings.faults(question, wording, *record_.metadata.language);
    if (!found.empty()) tell(FaultKind::wording, field, join(found, "; "));
  }

  void check_form(const QuestionSpec& spec, const std::string& answer) {
    const std::string_view form = answer_form(spec);
    if (!has_answer_form(spec, answer, catalogue_)) {
      tell(FaultKind::form, "answer", fmt::format("'{}' is not {}", one_line(answer, 40), form));
    }
  }

  void check_answer(const StoredQuestion& question, const SqlAnswer& right) {
    if (right.outcome == SqlAnswer::Outcome::nothing) {
      return tell(FaultKind::no_answer, "answer", "there is no transaction of which to tell it");
    }
    if (right.outcome == SqlAnswer::Outcome::tie) {
      return tell(FaultKind::no_answer, "answer", fmt::format("{} and {} tie", right.text, right.second));
    }
    if (*question.answer == right.text || !has_answer_form(*question.spec, *question.answer, catalogue_))
      return;
    tell(FaultKind::answer, "answer", fmt::format("{}, but its spec gives {}", *question.answer, right.text));
  }

  void check_evidence(const std::vector<std::uint32_t>& stated, const std::vector<std::uint32_t>& right) {
    if (stated == right) return;
    if (!std::ranges::is_sorted(stated))
      return tell(FaultKind::evidence, "evidence", "its indexes do not ascend");
    const auto [own, rightful] = std::ranges::mismatch(stated, right);
    if (rightful != right.end() && (own == stated.end() || *rightful < *own)) {
      return tell(FaultKind::evidence, "evidence", fmt::format("{} is missing", *rightful));
    }
    tell(FaultKind::evidence, "evidence",
         fmt::format("{} is none of what the spec selects, or stands there twice", *own));
  }

  struct AskedBefore {
    using Asked = std::pair<const QuestionSpec*, std::uint32_t>;
    bool operator()(const Asked& a, const Asked& b) const {
      return a.second != b.second ? a.second < b.second : *a.first < *b.first;
    }
  };

  const StoredRecord& record_;
  const QuestionGround& ground_;
  const Catalogue& catalogue_;
  FaultSink& faults_;
  std::size_t index_ = 0;
  std::unordered_map<std::string_view, std::size_t> queries_;
  std::map<AskedBefore::Asked, std::size_t, AskedBefore> asked_;
};

}  // namespace

void validate_questions(const StoredRecord& record, const QuestionGround& ground, FaultSink& faults) {
  QuestionsCheck(record, ground, faults).run();
}

}  // namespace synthv1
