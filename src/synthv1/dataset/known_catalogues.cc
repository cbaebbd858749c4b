// SPDX-License-Identifier: Apache-2.0
#include "synthv1/dataset/known_catalogues.h"

#include "synthv1/dataset/field_reader.h"

#include <algorithm>

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::size_t kMostPairs = 1000;  ///< as a catalogue file may hold

bool is_hash(std::string_view text) {
  const auto hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return text.size() == 16 && std::ranges::all_of(text, hex);
}

/// Makes a catalogue of `{"hash", "pairs": [[scene, subscene], ...], "chinese": [of each scene]}`.
class DescribedCatalogue {
 public:
  explicit DescribedCatalogue(const ObjectReader& described) : described_(described) {}

  /// Nothing unless the description holds together; what is wrong was told.
  std::optional<Catalogue> make() {
    const std::optional<std::string> hash = described_.text("hash");
    const json::Value::Array* pairs = described_.array("pairs");
    const std::optional<std::vector<std::string>> chinese = described_.texts("chinese");
    if (!hash || pairs == nullptr || !chinese) return std::nullopt;
    if (!is_hash(*hash)) return refuse("hash", "it is to be 16 hex digits");
    if (pairs->empty() || pairs->size() > kMostPairs)
      return refuse("pairs", "it is to hold 1 to 1,000 pairs");
    for (const json::Value& pair : *pairs) {
      if (!add(pair))
        return refuse("pairs", "a pair is [scene, subscene], both texts, and none stands there twice");
    }
    if (chinese->size() != catalogue_.scenes.size())
      return refuse("chinese", "it is to name each scene once");
    for (std::size_t i = 0; i < chinese->size(); ++i) catalogue_.scenes[i].chinese = (*chinese)[i];
    catalogue_.hash = *hash;
    add_question_types();
    return std::move(catalogue_);
  }

 private:
  std::nullopt_t refuse(std::string_view key, std::string reason) const {
    described_.fault(key, FaultKind::catalogue, std::move(reason));
    return std::nullopt;
  }

  bool add(const json::Value& pair) {
    const json::Value::Array* names = pair.as_array();
    if (names == nullptr || names->size() != 2 || !(*names)[0].is_string() || !(*names)[1].is_string())
      return false;
    const std::string_view scene_name = *(*names)[0].as_string(), subscene = *(*names)[1].as_string();
    if (scene_name.empty() || subscene.empty() || catalogue_.find_pair(scene_name, subscene)) return false;
    std::optional<SceneId> scene = catalogue_.find_scene(scene_name);
    if (!scene) {
      scene = static_cast<SceneId>(catalogue_.scenes.size());
      add_scene(scene_name);
    }
    add_pair(*scene, scene_name, subscene);
    return true;
  }

  /// Names that the default catalogue has keep its other spellings.
  void add_scene(std::string_view name) {
    const std::optional<SceneId> same = default_catalogue().find_scene(name);
    Scene scene = same ? default_catalogue().scene(*same) : Scene{};
    scene.name = name;
    catalogue_.scenes.push_back(std::move(scene));
  }
  void add_pair(SceneId scene, std::string_view scene_name, std::string_view name) {
    const std::optional<PairId> same = default_catalogue().find_pair(scene_name, name);
    Pair pair = same ? default_catalogue().pair(*same) : Pair{.chinese = std::string(name)};
    pair.scene = scene;
    pair.name = name;
    catalogue_.pairs.push_back(std::move(pair));
  }

  void add_question_types() {
    const Catalogue& default_one = default_catalogue();
    catalogue_.question_types = default_one.question_types;
    catalogue_.range_wordings = default_one.range_wordings;
    catalogue_.index();
  }

  const ObjectReader& described_;
  Catalogue catalogue_;
};

bool same_pairs(const Catalogue& a, const Catalogue& b) {
  return std::ranges::equal(a.pairs, b.pairs, [&](const Pair& x, const Pair& y) {
    return x.name == y.name && a.scene(x.scene).name == b.scene(y.scene).name;
  });
}

bool same_chinese(const Catalogue& a, const Catalogue& b) {
  return std::ranges::equal(a.scenes, b.scenes, {}, &Scene::chinese, &Scene::chinese);
}

}  // namespace

KnownCatalogues::KnownCatalogues(const Catalogue& given) : given_(&given, [](const Catalogue*) {}) {}

std::shared_ptr<const Catalogue> KnownCatalogues::find(const json::Value* described, FaultSink& faults) {
  if (described == nullptr) return given_;
  if (last_ && *described == last_described_) return last_;
  const Place record, metadata = record.member("metadata"), place = metadata.member("catalogue");
  const ObjectReader reader(described, place, faults);
  if (!reader.is_object()) return given_;
  std::optional<Catalogue> made = DescribedCatalogue(reader).make();
  if (!made) return given_;
  const bool given = made->hash == given_->hash;
  if (given && !(same_pairs(*made, *given_) && same_chinese(*made, *given_))) {
    reader.fault("pairs", FaultKind::catalogue,
                 "it has the hash of the catalogue in use, but names other pairs");
    return given_;
  }
  last_described_ = *described;
  last_ = given ? given_ : std::make_shared<const Catalogue>(std::move(*made));
  return last_;
}

}  // namespace synthv1
