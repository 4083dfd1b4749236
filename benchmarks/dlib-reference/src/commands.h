// The subcommands. Each prints to standard output or to the file it is given, and throws on failure.
#pragma once

#include <string>
#include <vector>

namespace frat
{
    struct options
    {
        std::string models;               // folder with dlib's .dat files
        std::string root;                 // file names are printed relative to this folder
        bool cnn = false;                 // look for faces with the CNN detector instead of FHOG
        bool large_predictor = false;     // 68 landmarks instead of 5
        unsigned long jitter = 0;         // encode the mean of so many jittered chips
        unsigned long upsample = 0;       // how many times the image is doubled before faces are looked for
        unsigned long repeat = 20;        // how many times each step is measured
        std::vector<std::string> files;
    };

    void golden(const options& options);
    void timings(const options& options);
    void export_fhog(const options& options);
}
