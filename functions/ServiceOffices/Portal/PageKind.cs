namespace ServiceOffices.Portal;

/// <summary>The portal's pages.</summary>
public enum PageKind
{
    Start,
    Offices,
    Office,
    Development,
    Data,
    Developers,
    About,
    Accessibility,
    Privacy,
}
