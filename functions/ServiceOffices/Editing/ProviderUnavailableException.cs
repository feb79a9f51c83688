namespace ServiceOffices.Editing;

/// <summary>Who could vouch for a token does not answer; trying again later may help.</summary>
public sealed class IdentityProviderUnavailableException(string message, Exception inner) : Exception(message, inner);
