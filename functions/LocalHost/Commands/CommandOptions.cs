namespace ServiceOffices.LocalHost.Commands;

/// <summary>What stands on the command line behind a command.</summary>
/// <param name="File">The file to read or write; null where none is named.</param>
/// <param name="Settings">What is for the platform: --Name=value.</param>
internal sealed record CommandOptions(string? File, IReadOnlyDictionary<string, string> Values, IReadOnlyList<string> Settings)
{
    private static readonly string[] OptionsWithValue = ["--url", "--key", "--token", "--mode", "--delimiter"];
    private static readonly string[] FlagOptions = ["--confirm"];
    private static readonly string[] DocumentOptions = ["--mode", "--delimiter", "--confirm"];

    /// <summary>The platform's address; null where it is this machine's own storage.</summary>
    public string? Url => Values.GetValueOrDefault("--url");

    /// <exception cref="FormatException">An option is unknown or lacks its value; the message says what is allowed.</exception>
    public static CommandOptions Parse(IReadOnlyList<string> arguments)
    {
        string? file = null;
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        List<string> settings = [];
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = arguments[i].Split('=', 2) is [var optionName, var optionValue] ? (optionName, optionValue) : (arguments[i], (string?)null);
            if (!name.StartsWith("--", StringComparison.Ordinal))
            {
                file = file is null ? arguments[i] : throw new FormatException($"There may be one file; got '{file}' and '{arguments[i]}'.");
            }
            else if (OptionsWithValue.Contains(name))
            {
                values[name] = value ?? (i + 1 < arguments.Count ? arguments[++i] : throw new FormatException($"{name} needs a value."));
            }
            else if (FlagOptions.Contains(name) && value is null)
            {
                values[name] = "true";
            }
            else if (value is not null && char.IsAsciiLetterUpper(name.ElementAtOrDefault(2)))
            {
                settings.Add(arguments[i]);
            }
            else throw new FormatException($"'{arguments[i]}' is not known; there are {string.Join(", ", OptionsWithValue.Concat(FlagOptions))}, and settings as --Name=value.");
        }

        return new CommandOptions(file, values, settings);
    }

    /// <exception cref="FormatException">The command does not take what was given, or lacks what it needs.</exception>
    public void Validate(string command)
    {
        var takesDocument = command is "import" or "validate";
        if (takesDocument)
        {
            ValidateDocument(command);
        }
        else if (File is not null && command != "export")
        {
            throw new FormatException($"{command} takes no file; got '{File}'.");
        }

        // An option that would do nothing is refused, never ignored.
        if (!takesDocument && DocumentOptions.FirstOrDefault(Values.ContainsKey) is { } option)
        {
            throw new FormatException($"{option} is of import and validate; {command} does not take it.");
        }

        if (Values.ContainsKey("--key") && Values.ContainsKey("--token"))
        {
            throw new FormatException("--key and --token cannot both be meant; give one.");
        }

        if (Url is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.PathAndQuery == "/"))
        {
            throw new FormatException($"--url must be an http or https address without a path, such as https://example.se; got '{url}'.");
        }
    }

    private void ValidateDocument(string command)
    {
        if (File is null)
        {
            throw new FormatException($"{command} needs a FILE.");
        }

        if (!File.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && !File.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            throw new FormatException($"A document is CSV or JSON, and its name ends in .csv or .json; got '{File}'.");
        }

        if (!System.IO.File.Exists(File))
        {
            throw new FormatException($"There is no file '{File}'.");
        }
    }

    /// <summary>The options of an import as the address has them.</summary>
    public string ToQueryString(bool dryRun)
    {
        List<string> query = [];
        foreach (var name in new[] { "mode", "delimiter", "confirm" })
        {
            if (Values.TryGetValue("--" + name, out var value))
            {
                query.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }

        if (dryRun)
        {
            query.Add("dryRun=true");
        }

        return query.Count == 0 ? "" : "?" + string.Join('&', query);
    }
}
