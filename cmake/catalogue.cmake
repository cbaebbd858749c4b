# SPDX-License-Identifier: Apache-2.0
# The default catalogue: catalogue/**/*.toml, compiled to tables when the project is built and embedded as bytes.
file(GLOB catalogue_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/catalogue/*.toml
     ${PROJECT_SOURCE_DIR}/catalogue/*/*.toml)
get_target_property(reader_sources synthv1_catalogue SOURCES)
list(FILTER reader_sources EXCLUDE REGEX "default\\.cc$")

add_executable(compile_catalogue ${PROJECT_SOURCE_DIR}/tools/compile_catalogue.cc ${reader_sources})
target_link_libraries(compile_catalogue PRIVATE synthv1_base tomlplusplus::tomlplusplus)

set(tables ${PROJECT_BINARY_DIR}/catalogue.tables)
set(sources ${PROJECT_BINARY_DIR}/catalogue.sources)
add_custom_command(
  OUTPUT ${tables} ${sources}
  COMMAND compile_catalogue ${tables} ${sources} ${catalogue_files}
  DEPENDS compile_catalogue ${catalogue_files}
  COMMENT "Compiling the catalogue")
set_source_files_properties(
  ${PROJECT_SOURCE_DIR}/src/synthv1/catalogue/default.cc
  PROPERTIES OBJECT_DEPENDS "${tables};${sources}"
             COMPILE_DEFINITIONS "SYNTHV1_CATALOGUE_TABLES=\"${tables}\";SYNTHV1_CATALOGUE_SOURCES=\"${sources}\"")
