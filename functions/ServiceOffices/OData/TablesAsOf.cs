using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>The tables of a revision as of a date, with the dates that can be asked for.</summary>
/// <param name="Tables">Null where the date lies outside.</param>
/// <param name="FirstDate">The first date that can be asked for; null where no date can.</param>
/// <param name="LastDate">The last date that can be asked for.</param>
public sealed record TablesAsOf(TableSet? Tables, DateOnly? FirstDate, DateOnly LastDate);
