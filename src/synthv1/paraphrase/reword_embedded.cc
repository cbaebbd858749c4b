// SPDX-License-Identifier: Apache-2.0
#include "synthv1/base/text.h"
#include "synthv1/paraphrase/paraphrase.h"
#include "synthv1/paraphrase/range_wording.h"
#include "synthv1/paraphrase/rewrite_check.h"
#include "synthv1/question/template.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <unordered_set>

namespace synthv1 {

namespace {

/// The wordings of one kind of question, dealt in random order; all of them before one comes again.
class Deck {
 public:
  Deck(const std::vector<std::string>& wordings, RandomStream random)
      : wordings_(wordings), order_(wordings.size()), random_(random), next_(wordings.size()) {
    std::iota(order_.begin(), order_.end(), 0);
  }

  std::size_t size() const { return wordings_.size(); }

  const std::string& deal() {
    if (next_ == order_.size()) {
      random_.shuffle(std::span(order_));
      next_ = 0;
    }
    return wordings_[order_[next_++]];
  }

  RandomStream& random() { return random_; }

 private:
  const std::vector<std::string>& wordings_;
  std::vector<std::uint32_t> order_;
  RandomStream random_;
  std::size_t next_;
};

/// A scene as it stands inside an English sentence: "dining". Acronyms, and names that are ordinary words,
/// stay.
std::string casual(std::string_view name) {
  const bool acronym = name.size() > 1 && name[1] >= 'A' && name[1] <= 'Z';
  return acronym || is_ordinary_word(name) ? std::string(name) : lower_ascii(name);
}

class Rewording {
 public:
  Rewording(std::span<Question> questions, Language language, const Catalogue& catalogue, RandomStream random)
      : questions_(questions),
        language_(language),
        catalogue_(catalogue),
        random_(random),
        check_(rewrite_check(catalogue, language)) {
    taken_.reserve(2 * questions.size());
    for (const Question& question : questions) taken_.insert(question.query);
  }

  void run() {
    for (Question& question : questions_) {
      Deck* deck = deck_for(question);
      if (deck != nullptr) reword(question, *deck);
    }
  }

 private:
  Deck* deck_for(const Question& question) {
    const auto& types = catalogue_.question_types;
    const auto type = std::find_if(types.begin(), types.end(),
                                   [&](const QuestionType& row) { return row.name == question.category; });
    if (type == types.end()) return nullptr;
    const bool ranged = type->range == FilterUse::later && question.spec.range;
    const QuestionWording& wording = type->wording[static_cast<std::size_t>(language_)];
    const auto& wordings = ranged ? wording.ranged_rewrites : wording.rewrites;
    if (wordings.empty()) return nullptr;
    const auto found = decks_.find(&wordings);
    if (found != decks_.end()) return &found->second;
    return &decks_.emplace(&wordings, Deck(wordings, random_.child(type->name, ranged))).first->second;
  }

  void reword(Question& question, Deck& deck) {
    for (std::size_t tries = 0; tries < deck.size(); ++tries) {
      std::string text = draw(question.spec, deck);
      if (taken_.contains(text) || !check_->passes(question, text)) continue;
      taken_.insert(text);
      if (question.template_query.empty()) question.template_query = std::move(question.query);
      question.query = std::move(text);
      return;
    }
  }

  std::string draw(const QuestionSpec& spec, Deck& deck) {
    const std::string& wording = deck.deal();
    RandomStream& random = deck.random();
    QuestionPlaces places;
    if (spec.range) places.range = draw_range(*spec.range, language_, catalogue_, random);
    if (spec.range) places.start = format_date(spec.range->first), places.end = format_date(spec.range->last);
    if (spec.date) places.date = draw_date(*spec.date, language_, catalogue_, random);
    const bool as_identifier = language_ == Language::chinese || random.chance(40);
    places.scenes =
        names(spec.scenes, as_identifier, [&](SceneId id) { return catalogue_.scene_name(id, language_); });
    places.subscenes =
        names(spec.subscenes, as_identifier, [&](PairId id) { return catalogue_.pair_name(id, language_); });
    std::string text = fill_places(wording, places);
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
  }

  std::string names(const auto& ids, bool as_identifier, const auto& name_of) const {
    std::vector<std::string> written;
    for (const auto id : ids)
      written.push_back(as_identifier ? std::string(name_of(id)) : casual(name_of(id)));
    const std::vector<std::string_view> views(written.begin(), written.end());
    return list_names(views, language_);
  }

  std::span<Question> questions_;
  Language language_;
  const Catalogue& catalogue_;
  RandomStream random_;
  std::shared_ptr<const RewriteCheck> check_;
  std::unordered_set<std::string> taken_;
  std::map<const std::vector<std::string>*, Deck> decks_;
};

}  // namespace

void reword_embedded(std::span<Question> questions, Language language, const Catalogue& catalogue,
                     RandomStream random) {
  Rewording(questions, language, catalogue, random).run();
}

}  // namespace synthv1
