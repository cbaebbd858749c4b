# SPDX-License-Identifier: Apache-2.0
# The library and the program as another build folder of this source has built them: SYNTHV1_BUILT=build/release.
file(GLOB archives CONFIGURE_DEPENDS ${SYNTHV1_BUILT}/src/*.a)
add_library(synthv1_cli INTERFACE)
target_include_directories(synthv1_cli INTERFACE ${PROJECT_SOURCE_DIR}/src)
target_link_libraries(synthv1_cli INTERFACE -Wl,--start-group ${archives} -Wl,--end-group)
target_link_libraries(synthv1_cli INTERFACE fmt::fmt utf8proc Boost::json SQLite::SQLite3 boost_net ZLIB::ZLIB
                                            tomlplusplus::tomlplusplus CLI11::CLI11)
set_property(TARGET synthv1_cli APPEND PROPERTY INTERFACE_LINK_DEPENDS ${archives})

add_executable(synthv1 IMPORTED GLOBAL)
set_target_properties(synthv1 PROPERTIES IMPORTED_LOCATION ${SYNTHV1_BUILT}/synthv1)
