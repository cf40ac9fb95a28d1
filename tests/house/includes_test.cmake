# Holds every #include of the rooms against docs/design.md, "The house": which room may know which, and which
# file may know a library. `cmake -DROOT=<tree> -P includes_test.cmake`; names each line that breaks a rule.

cmake_minimum_required(VERSION 3.25)

set(rooms values smpp menus store config gateway simulator)

# What a room's own headers may be found beside, as patterns of whole paths.
set(values_may "values/")
set(smpp_may "smpp/|values/")
set(menus_may "menus/|values/")
set(store_may "store/|values/")
set(config_may
    "config/|values/|smpp/(dialect|link_settings)\\.hpp|store/settings\\.hpp|gateway/settings\\.hpp|menus/(definition|draft|validation)\\.hpp")
set(simulator_may "simulator/|smpp/|values/|config/")
set(gateway_may "gateway/|values/|smpp/|menus/|store/")

# The programs themselves put rooms together that don't know each other.
set(program_files "gateway/main\\.cpp|gateway/check_command\\.(hpp|cpp)|gateway/demo\\.cpp|gateway/demo/[a-z_]+\\.(hpp|cpp)|simulator/main\\.cpp")
set(program_may "(values|smpp|menus|store|config|gateway|simulator)/")

# Libraries, each followed by the files that may include it.
set(libraries
    "libsmpp34/|smpp34" "smpp/pdu\\.hpp|smpp/names\\.cpp"
    "SQLiteCpp/|sqlite3\\.h" "store/sqlite_connection\\.cpp"
    "toml" "config/toml\\.cpp"
    "boost/asio" "smpp/(link|connection|attempt)\\.(hpp|cpp)|smpp/asio\\.cpp|store/(reading_)?lane\\.(hpp|cpp)|gateway/.*|simulator/.*"
    "boost/asio/ssl" "gateway/(door/(beast|tls)|upstream/(client_tls|http_client))\\.cpp"
    "boost/beast" "(gateway/(door/(beast|connection)|upstream/http_client)|simulator/billing_server)\\.cpp"
    "openssl/" "nothing" # Asio's own includes of it do
    "CLI/" "gateway/main\\.cpp|simulator/main\\.cpp"
    "spdlog/" "gateway/.*"
    "nlohmann/" "gateway/.*|simulator/(portal|billing.*)\\.cpp"
    "prometheus/" "gateway/metrics\\.cpp"
    "sodium" "store/(keys|secrets)\\.cpp|values/secret\\.cpp"
    "unicode/" "menus/format\\.cpp"
    "iostream" "${program_files}"
    "doctest" "nothing"
    "(values|smpp|menus|store|config|gateway|simulator|tests)/" "nothing") # ours stand between quotes

set(broken 0)

macro(complain file include why)
    message(SEND_ERROR "${file}: #include ${include}: ${why}")
    math(EXPR broken "${broken} + 1")
endmacro()

function(hold_own room file include path)
    set(may "${${room}_may}")
    if(file MATCHES "^(${program_files})$")
        set(may "${program_may}")
    endif()
    if(NOT path MATCHES "^(${may})")
        complain(${file} ${include} "${room} doesn't know that; from the root it may include ${may}")
    elseif(NOT EXISTS "${ROOT}/${path}")
        complain(${file} ${include} "there is no such file from the root")
    endif()
    set(broken ${broken} PARENT_SCOPE)
endfunction()

function(hold_library file include path)
    set(rest ${libraries})
    while(rest)
        list(POP_FRONT rest library files)
        if(path MATCHES "^(${library})" AND NOT file MATCHES "^(${files})$")
            complain(${file} ${include} "of ours only ${files} may")
        endif()
    endwhile()
    set(broken ${broken} PARENT_SCOPE)
endfunction()

set(lines_seen 0)
foreach(room IN LISTS rooms)
    file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/${room}/*.hpp ${ROOT}/${room}/*.cpp ${ROOT}/${room}/*.inc)
    foreach(file IN LISTS files)
        file(STRINGS ${ROOT}/${file} includes
            REGEX "^[ \t]*#[ \t]*(include|define KABINET_FRAME)[ \t]*[<\"]")
        foreach(line IN LISTS includes)
            math(EXPR lines_seen "${lines_seen} + 1")
            string(REGEX MATCH "[<\"]([^>\"]*)[>\"]" include "${line}")
            set(path "${CMAKE_MATCH_1}")
            if(include MATCHES "^\"")
                hold_own(${room} ${file} ${include} ${path})
            else()
                hold_library(${file} ${include} ${path})
            endif()
        endforeach()
    endforeach()
endforeach()

if(lines_seen LESS 100)
    message(FATAL_ERROR "only ${lines_seen} includes were found under ${ROOT}: the test looks in the wrong place")
endif()
if(broken)
    message(FATAL_ERROR "${broken} of ${lines_seen} includes break the rules of the house")
endif()
message(STATUS "${lines_seen} includes keep the rules of the house")
