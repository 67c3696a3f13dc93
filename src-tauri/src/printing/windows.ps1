# Answers windows.rs in JSON on standard output: {verb: queues | print | state}, arguments in VD_* variables.
# Written for Windows PowerShell 5.1, which is part of Windows 10 and 11.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false

function Answer($value) { [Console]::Out.Write((ConvertTo-Json -InputObject $value -Depth 5 -Compress)) }

function Queues {
    Add-Type -AssemblyName System.Drawing
    $list = foreach ($printer in Get-CimInstance Win32_Printer) {
        $settings = New-Object System.Drawing.Printing.PrinterSettings
        $settings.PrinterName = $printer.Name
        if (-not $settings.IsValid) { continue }
        $sides = @('one')
        if ($settings.CanDuplex) { $sides += 'two_long_edge', 'two_short_edge' }
        $trays = @(foreach ($source in $settings.PaperSources) {
            @{ key = $source.SourceName; label = $source.SourceName.Trim() }
        })
        $name = $printer.Name
        @{
            name = $name
            description = $(if ($printer.Comment) { $printer.Comment } else { $name })
            is_default = [bool]$printer.Default
            accepting = -not [bool]$printer.WorkOffline
            sides = $sides
            trays = $trays
            max_copies = [Math]::Min(999, [Math]::Max(1, $settings.MaximumCopies))
        }
    }
    Answer @($list)
}

# Waits for a WinRT operation, which PowerShell 5.1 cannot await.
function Await($operation, [Type]$result) {
    $as = [System.WindowsRuntimeSystemExtensions].GetMethods() | Where-Object {
        $_.Name -eq 'AsTask' -and $_.GetParameters().Count -eq 1 -and
        $_.GetParameters()[0].ParameterType.Name -eq 'IAsyncOperation`1'
    } | Select-Object -First 1
    $task = $as.MakeGenericMethod($result).Invoke($null, @($operation))
    $task.Wait() | Out-Null
    $task.Result
}

function AwaitAction($action) {
    $as = [System.WindowsRuntimeSystemExtensions].GetMethods() | Where-Object {
        $_.Name -eq 'AsTask' -and $_.GetParameters().Count -eq 1 -and
        $_.GetParameters()[0].ParameterType.Name -eq 'IAsyncAction'
    } | Select-Object -First 1
    $as.Invoke($null, @($action)).Wait() | Out-Null
}

# The file's pages as pictures at 300 dots an inch, at their own size.
function Pages($path) {
    Add-Type -AssemblyName System.Runtime.WindowsRuntime
    [void][Windows.Storage.StorageFile, Windows.Storage, ContentType = WindowsRuntime]
    [void][Windows.Data.Pdf.PdfDocument, Windows.Data.Pdf, ContentType = WindowsRuntime]
    [void][Windows.Storage.Streams.InMemoryRandomAccessStream, Windows.Storage.Streams, ContentType = WindowsRuntime]
    $file = Await ([Windows.Storage.StorageFile]::GetFileFromPathAsync($path)) ([Windows.Storage.StorageFile])
    $pdf = Await ([Windows.Data.Pdf.PdfDocument]::LoadFromFileAsync($file)) ([Windows.Data.Pdf.PdfDocument])
    for ($i = 0; $i -lt $pdf.PageCount; $i++) {
        $page = $pdf.GetPage($i)
        $options = New-Object Windows.Data.Pdf.PdfPageRenderOptions
        # A page's size is told in 96ths of an inch.
        $options.DestinationWidth = [uint32][Math]::Round($page.Size.Width / 96 * 300)
        $stream = New-Object Windows.Storage.Streams.InMemoryRandomAccessStream
        AwaitAction ($page.RenderToStreamAsync($stream, $options))
        $net = [System.IO.WindowsRuntimeStreamExtensions]::AsStream($stream)
        [pscustomobject]@{
            Picture = [System.Drawing.Image]::FromStream($net)
            Width = $page.Size.Width / 96 * 100
            Height = $page.Size.Height / 96 * 100
        }
        $page.Dispose()
    }
}

function Send {
    Add-Type -AssemblyName System.Drawing
    $document = New-Object System.Drawing.Printing.PrintDocument
    $document.PrinterSettings.PrinterName = $env:VD_QUEUE
    if (-not $document.PrinterSettings.IsValid) { throw "There is no printer called $($env:VD_QUEUE)." }
    $document.DocumentName = $env:VD_TITLE
    $document.PrintController = New-Object System.Drawing.Printing.StandardPrintController
    $document.PrinterSettings.Copies = [int16]$env:VD_COPIES
    $document.PrinterSettings.Collate = $true
    if ($env:VD_SIDES) { $document.PrinterSettings.Duplex = [System.Drawing.Printing.Duplex]$env:VD_SIDES }
    if ($env:VD_TRAY) {
        $source = $document.PrinterSettings.PaperSources | Where-Object { $_.SourceName -eq $env:VD_TRAY } |
            Select-Object -First 1
        if (-not $source) { throw "The printer has no tray called $($env:VD_TRAY)." }
        $document.DefaultPageSettings.PaperSource = $source
    }
    $document.OriginAtMargins = $false
    $script:pages = @(Pages $env:VD_FILE)
    $script:next = 0
    $document.add_PrintPage({
        param($sender, $event)
        $page = $script:pages[$script:next]
        # Drawn from the paper's own corner, at its own size: a letter must meet its envelope's window.
        $x = -$event.PageSettings.HardMarginX
        $y = -$event.PageSettings.HardMarginY
        $event.Graphics.DrawImage($page.Picture, [single]$x, [single]$y, [single]$page.Width, [single]$page.Height)
        $script:next++
        $event.HasMorePages = $script:next -lt $script:pages.Count
    })
    $before = @(Get-PrintJob -PrinterName $env:VD_QUEUE | ForEach-Object Id)
    $document.Print()
    $job = Get-PrintJob -PrinterName $env:VD_QUEUE |
        Where-Object { $_.DocumentName -eq $env:VD_TITLE -and $before -notcontains $_.Id } |
        Sort-Object Id | Select-Object -Last 1
    # A fast printer may be done before it can be asked; 0 is a job that is no longer known.
    Answer @{ job = $(if ($job) { $job.Id } else { 0 }) }
}

function State {
    $job = Get-PrintJob -PrinterName $env:VD_QUEUE | Where-Object Id -eq ([int]$env:VD_JOB)
    # Windows forgets a job when it ends, however it ended.
    $state = if (-not $job) { 'unknown' } else {
        $words = "$($job.JobStatus)"
        if ($words -match 'Deleting|Deleted') { 'cancelled' }
        elseif ($words -match 'Error') { 'failed' }
        elseif ($words -match 'Offline|PaperOut|Blocked|UserIntervention') { 'stopped' }
        elseif ($words -match 'Paused') { 'held' }
        elseif ($words -match 'Printed|Complete') { 'printed' }
        elseif ($words -match 'Printing|Spooling') { 'printing' }
        else { 'waiting' }
    }
    Answer @{ state = $state }
}

try {
    switch ($env:VD_VERB) { 'queues' { Queues } 'print' { Send } 'state' { State } }
} catch {
    Answer @{ refused = "$($_.Exception.Message)" }
}
