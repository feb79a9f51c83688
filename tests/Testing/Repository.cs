using System.Reflection;

namespace ServiceOffices.Testing;

/// <summary>Paths of the sources that these tests were built from, as recorded in the assembly by the build.</summary>
public static class Repository
{
    /// <summary>The absolute path of the root folder of the repository.</summary>
    public static string Root { get; } = Path.GetFullPath(BuildValue("RepositoryRoot"));

    /// <summary>True if the environment variable <c>CI</c> is <c>true</c>; a missing tool then fails a test instead of skipping it.</summary>
    public static bool IsCI { get; } = Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>Gets the absolute path of a file or folder in the repository from its segments.</summary>
    public static string PathTo(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Gets a value that the build records as assembly metadata; empty if there is none.</summary>
    public static string BuildValue(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == key).Value ?? "";
}
