// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/json_value.h"
#include "synthv1/catalogue/catalogue.h"
#include "synthv1/dataset/fault.h"

#include <memory>

namespace synthv1 {

/// Finds the catalogue of a record: the given one, or one made of what its metadata say. Remembers the last
/// one made, as the records of a file have the same. Not thread-safe.
class KnownCatalogues {
 public:
  /// `given` must outlive this and all that it returns: the catalogue of records that name none.
  explicit KnownCatalogues(const Catalogue& given);

  /// The catalogue for `metadata.catalogue`, or for its absence (nullptr). One made of the metadata has the
  /// scenes and pairs named there, no phrases and no prompts, and the default's question types, which may not
  /// be the record's.
  std::shared_ptr<const Catalogue> find(const json::Value* described, FaultSink& faults);

  /// Whether the question types of a catalogue that find() returned are known to be the record's.
  bool knows_wordings(const Catalogue& catalogue) const { return &catalogue == given_.get(); }

 private:
  std::shared_ptr<const Catalogue> given_;
  json::Value last_described_;
  std::shared_ptr<const Catalogue> last_;
};

}  // namespace synthv1
