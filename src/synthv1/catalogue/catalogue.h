// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/error.h"
#include "synthv1/catalogue/phrases.h"
#include "synthv1/catalogue/question_type.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace synthv1 {

enum class Language : std::uint8_t { english, chinese };
inline constexpr std::array<std::string_view, 2> kLanguageNames = {"en", "zh"};

/// Index of a scene in Catalogue::scenes.
enum class SceneId : std::uint16_t {};
/// Index of a (scene, subscene) pair in Catalogue::pairs.
enum class PairId : std::uint16_t {};

/// A scene: its identifier, its Chinese name, and other spellings that model replies may use.
struct Scene {
  std::string name;
  std::string chinese;
  std::vector<std::string> aliases;
};

/// A (scene, subscene) pair.
struct Pair {
  SceneId scene{};
  std::string name;  ///< the subscene's identifier
  std::string chinese;
  std::vector<std::string> aliases;
  std::int64_t low = 1000;  ///< price where no item says one, minor units
  std::int64_t high = 20000;
  std::vector<std::int64_t> steps;  ///< prices are multiples of one of these, minor units
  std::uint8_t company = 0;         ///< how often somebody was along, percent
};

/// What the catalogue says to a model, by name (catalogue/prompts.toml).
using Prompts = std::map<std::string, std::string, std::less<>>;

/// One TOML text of a catalogue and the name that errors call it by.
struct CatalogueSource {
  std::string name;
  std::string text;
};

/// The catalogue: scenes, subscenes, prices, phrases, question types and prompts, read once into plain
/// tables.
class Catalogue {
 public:
  std::vector<Scene> scenes;
  std::vector<Pair> pairs;
  std::vector<QuestionType> question_types;
  std::array<Phrases, 2> phrases;  ///< by Language
  std::array<Prompts, 2> prompts;  ///< by Language
  /// By Language: wordings of date ranges for the embedded paraphrase, by kind (catalogue/questions.toml,
  /// [ranges]).
  std::array<std::map<std::string, std::vector<std::string>, std::less<>>, 2> range_wordings;
  std::string hash;  ///< 16 hex digits over the merged text; empty for the default catalogue

  const Scene& scene(SceneId id) const { return scenes[static_cast<std::size_t>(id)]; }
  const Pair& pair(PairId id) const { return pairs[static_cast<std::size_t>(id)]; }
  const Scene& scene_of(PairId id) const { return scene(pair(id).scene); }
  std::string_view scene_name(SceneId id, Language language) const;
  std::string_view pair_name(PairId id, Language language) const;
  const std::string& prompt(std::string_view name, Language language) const;

  /// The scene or pair written so, exactly.
  std::optional<SceneId> find_scene(std::string_view name) const;
  std::optional<PairId> find_pair(std::string_view scene, std::string_view subscene) const;

  /// The same, after folding case, width and spaces, by identifier, Chinese name or alias: for model replies.
  /// A subscene is looked up in its scene first.
  std::optional<PairId> fold_pair(std::string_view scene, std::string_view subscene) const;

  /// All spellings of scenes, folded so (small letters, no spaces, hyphens or slashes, "and" for "&").
  const std::map<std::string, SceneId, std::less<>>& scene_spellings() const { return scenes_by_fold_; }

  /// Builds the tables that look-ups by name need. Called by whoever fills the public tables.
  void index();

 private:
  std::map<std::string, SceneId, std::less<>> scenes_by_fold_;
  std::map<std::pair<SceneId, std::string>, PairId> pairs_by_fold_;
};

/// The catalogue compiled into the binary.
const Catalogue& default_catalogue();

/// The TOML texts that the default catalogue was compiled from.
std::span<const CatalogueSource> default_catalogue_sources();

/// Reads a catalogue from TOML texts, each laid over those before it. An error names file, line and cure.
Result<Catalogue> read_catalogue(std::span<const CatalogueSource> sources);

/// One TOML text that reads as the same catalogue as `sources` together.
Result<std::string> merge_catalogue(std::span<const CatalogueSource> sources);

}  // namespace synthv1
