using System.Reflection;

namespace ServiceOffices.Testing;

/// <summary>Where the sources that these tests were built from lie, as the build wrote it into the assembly.</summary>
public static class Repository
{
    /// <summary>The repository's root folder, an absolute path.</summary>
    public static string Root { get; } = Path.GetFullPath(BuildValue("RepositoryRoot"));

    /// <summary>True when the environment says <c>CI=true</c>: there a missing tool fails a test instead of skipping it.</summary>
    public static bool IsCI { get; } = Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>An absolute path to something in the repository, its parts given one by one.</summary>
    public static string PathTo(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A value that the test project's build passes on as assembly metadata; empty when it had none.</summary>
    public static string BuildValue(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == key).Value ?? "";
}
