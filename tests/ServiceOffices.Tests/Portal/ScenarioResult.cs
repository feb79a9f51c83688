using System.Text.Json;

namespace ServiceOffices.Tests.Portal;

/// <summary>How a scenario in the browser ended.</summary>
/// <param name="Error">What went wrong; null where nothing did.</param>
/// <param name="Measured">What it counted or measured.</param>
internal sealed record ScenarioResult(string Name, string? Error, JsonElement? Measured);
