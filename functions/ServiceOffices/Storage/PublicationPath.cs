namespace ServiceOffices.Storage;

/// <summary>What a publication's file may be called in every store: a part of a URL and a name in a blob container.</summary>
internal static class PublicationPath
{
    /// <summary>The pointer's own name.</summary>
    public const string Current = "current";

    /// <summary>The name of what the lease is taken on.</summary>
    public const string Lock = "lock";

    private const int MaxLength = 1024;

    /// <exception cref="ArgumentException">No file may have this path.</exception>
    public static void ThrowIfInvalid(string path)
    {
        if (!IsValid(path))
        {
            throw new ArgumentException(
                $"A path must be 1 to {MaxLength} characters in parts separated by '/', none empty or ending in '.', "
                + $"without '\\' or control characters, and neither '{Current}' nor '{Lock}'; got '{path}'.",
                nameof(path));
        }
    }

    /// <summary>False where no file can stand at that path.</summary>
    public static bool IsValid(string path) =>
        path.Length is > 0 and <= MaxLength
        && path is not (Current or Lock)
        && !path.Any(character => character == '\\' || char.IsControl(character) || char.IsSurrogate(character))
        && !path.Split('/').Any(part => part.Length == 0 || part.EndsWith('.'));
}
