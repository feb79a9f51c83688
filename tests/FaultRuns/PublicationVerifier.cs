using System.Globalization;
using System.Security.Cryptography;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Storage;

namespace ServiceOffices.FaultRuns;

/// <summary>Loads publications as a new process does, and verifies the hashes of their manifests and files.</summary>
internal sealed class PublicationVerifier(IPublicationStore publications)
{
    private readonly PublicationReader reader = new(publications);

    // Files never change: each is verified once.
    private readonly HashSet<string> verified = new(StringComparer.Ordinal);

    /// <summary>Loads the current publication, which verifies its pointer, manifest, register and history; null before the first.</summary>
    public Task<LoadedPublication?> LoadAsync() => reader.LoadAsync(null, CancellationToken.None);

    /// <summary>Finds gaps in the history, times that do not rise, broken links between manifests, and missing or damaged files.</summary>
    public async Task<IReadOnlyList<string>> FindProblemsAsync(LoadedPublication? latest)
    {
        List<string> problems = [];
        var records = latest?.Publication.Register.Publications ?? [];
        if (!records.Select(record => record.Revision).SequenceEqual(Enumerable.Range(1, records.Count).Select(number => (long)number)))
        {
            problems.Add($"the revisions are {string.Join(", ", records.Select(record => record.Revision))}");
        }

        if (records.Zip(records.Skip(1)).Any(pair => pair.First.At >= pair.Second.At))
        {
            problems.Add("the times of the publications do not rise");
        }

        foreach (var record in records)
        {
            var manifest = record.Revision == latest!.Manifest.Revision
                ? latest.Manifest
                : await reader.LoadManifestAsync(latest, record.Revision, CancellationToken.None);
            if (manifest is null)
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"the manifest of revision {record.Revision} is missing"));
                continue;
            }

            foreach (var file in manifest.Files.Where(file => verified.Add(file.Path)))
            {
                var content = await reader.ReadFileAsync(file, null, CancellationToken.None);
                if (content is null || Convert.ToHexStringLower(SHA256.HashData(content)) != file.Sha256)
                {
                    problems.Add(string.Create(CultureInfo.InvariantCulture, $"the file {file.Path} of revision {record.Revision} is missing or damaged"));
                }
            }
        }

        return problems;
    }
}
