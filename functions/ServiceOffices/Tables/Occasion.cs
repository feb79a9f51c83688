namespace ServiceOffices.Tables;

/// <summary>Which properties say when something happened, what it was and where. One that a query's result lacks is passed over.</summary>
/// <param name="Date">The date, or the first day of a period.</param>
/// <param name="Precision">How long the period is: <c>month</c>, <c>halfYear</c> or <c>year</c>; anything else is one day.</param>
/// <param name="Kind">What happened: a code with a label.</param>
/// <param name="Location">The entity that it happened to, read where it is expanded.</param>
/// <param name="LocationId">That entity's id.</param>
public sealed record EventProperties(string Date, string Precision, string Kind, string Location, string LocationId);
