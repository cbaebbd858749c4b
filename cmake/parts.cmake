# SPDX-License-Identifier: Apache-2.0
# Headers that most files of a target include, compiled once; or those of another target: precompile(TARGET FROM OTHER).
function(precompile target)
  if("${ARGV1}" STREQUAL FROM)
    target_precompile_headers(${target} REUSE_FROM ${ARGV2})
  else()
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -fpch-preprocess)  # for ccache
  endif()
endfunction()

# One library a folder of src/synthv1. A part links the parts that it may include and no others.
function(synthv1_part name)
  cmake_parse_arguments(PART "" "" "PARTS;LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/synthv1/${name}/*.cc)
  if(NOT sources)
    add_library(synthv1_${name} INTERFACE)
    return()
  endif()
  add_library(synthv1_${name} STATIC ${sources})
  target_include_directories(synthv1_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  list(TRANSFORM PART_PARTS PREPEND synthv1_)
  target_link_libraries(synthv1_${name} PUBLIC ${PART_PARTS} ${PART_LIBRARIES})
endfunction()
