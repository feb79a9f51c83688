namespace ServiceOffices.Http;

/// <summary>The licence of everything that is published here: CC0 1.0, no rights reserved.</summary>
public static class Licence
{
    public const string Name = "CC0 1.0";

    public const string Url = "https://creativecommons.org/publicdomain/zero/1.0/";

    /// <summary>The licence as a Link field (RFC 8288; the relation is RFC 4946's).</summary>
    public const string Link = $"<{Url}>; rel=\"license\"";
}
