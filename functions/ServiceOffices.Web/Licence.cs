namespace ServiceOffices.Web;

/// <summary>The licence of all published data: CC0 1.0, no rights reserved.</summary>
public static class Licence
{
    public const string Name = "CC0 1.0";

    public const string Url = "https://creativecommons.org/publicdomain/zero/1.0/";

    /// <summary>The licence as a value of the Link header (RFC 8288; relation of RFC 4946).</summary>
    public const string Link = $"<{Url}>; rel=\"license\"";
}
